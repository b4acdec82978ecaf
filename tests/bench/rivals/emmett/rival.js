// Emmett: its CommandHandler on its PostgreSQL event store.
// `prepare STUDENTS EVENTS`, or `run CLIENTS SECONDS STUDENTS`; the database is at DATABASE_URL.
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

const CONTACT = {
  on: '2026-03-02', outcome: 'made', medium: 'phone', with: 'family', minutes: 10,
  note: 'Her mother works nights and mornings are hard; the older brother can walk her to the bus stop from next ' +
    'Monday on. She asked about the after-school club on Tuesdays and whether a late bus still runs. I ' +
    'said that I would find out and call back before Friday.',
};
const logged = () => ({ type: 'ContactLogged', data: CONTACT });
const evolve = (state) => ({ contacts: state.contacts + 1 });
const handle = CommandHandler({ evolve, initialState: () => ({ contacts: 0 }), retry: { onVersionConflict: true } });
const store = getPostgreSQLEventStore(process.env.DATABASE_URL);
const append = (student) => handle(store, `case-${student}`, logged);

async function prepare(students, events) {
  let next = 0;
  const begin = async () => {
    for (let student = next++; student < students; student = next++) {
      await store.appendToStream(`case-${student}`, Array.from({ length: events }, logged));
    }
  };
  await Promise.all(Array.from({ length: 8 }, begin));
}

async function run(clients, seconds, students) {
  const start = performance.now() + seconds * 200;
  const end = start + seconds * 1000;
  const times = [];
  let acknowledged = 0;
  const ask = async () => {
    for (let now = performance.now(); now < end;) {
      await append(Math.floor(Math.random() * students));
      const answered = performance.now();
      acknowledged += 1;
      if (now >= start && answered < end) times.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: clients }, ask));
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.floor(times.length * part)] ?? 0;
  console.log(JSON.stringify({ acknowledged, rate: times.length / seconds, p50: at(0.5), p99: at(0.99) }));
}

const [what, ...numbers] = process.argv.slice(2);
// First of all: sessions that all wait for the schema leave no connection to make it with.
await store.schema.migrate();
await { prepare, run }[what](...numbers.map(Number));
await store.close();
