// A mentor's day, by a client that is generated from the contract.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./contract.js";

type Plan = components["schemas"]["SupportPlan"];

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const key = () => ({ "Idempotency-Key": randomUUID() });

function given(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

const as = (token: string) =>
  createClient<paths>({ baseUrl: given("THROUGHLINE_URL"), headers: { Authorization: `Bearer ${given(token)}` } });

/** What was answered, if nothing failed. */
function answered<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  assert(answer.response.ok && answer.data !== undefined, `${answer.response.status} ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** The id of what was written down: the last step of its location. */
function written(answer: { error?: unknown; response: Response }): string {
  const location = answer.response.headers.get("Location");
  assert(answer.response.ok && location, `${answer.response.status} ${JSON.stringify(answer.error)}`);
  return location.slice(location.lastIndexOf("/") + 1);
}

function done(answer: { error?: unknown; response: Response }): void {
  assert.equal(answer.response.status, 204, JSON.stringify(answer.error));
}

const mentor = as("MENTOR_TOKEN");
const director = as("DIRECTOR_TOKEN");
const partner = given("PARTNER");

// The director opens a case, names its mentor, and starts an intervention.
const me = answered(await mentor.GET("/v1/me"));
const school = me.roles[0]?.school;
assert(school, "a mentor works at a school");
const student = given("STUDENT");
const path = { student };
const opened = await director.PUT("/v1/students/{student}/case", {
  params: { path, header: key() },
  body: { school, reason: "Absent 14 of 60 days.", tier: 2 },
});
assert.equal(opened.response.status, 201, JSON.stringify(opened.error));
written(
  await director.POST("/v1/students/{student}/mentor-assignments", {
    params: { path, header: key() },
    body: { mentor: me.id, since: day(-2) },
  }),
);
const intervention = written(
  await director.POST("/v1/students/{student}/interventions", {
    params: { path, header: key() },
    body: {
      kind: "check_and_connect",
      what: "A word every morning.",
      tier: 2,
      delivery: "individual",
      dosage: { sessions_per_week: 3, minutes: 15 },
      goals: [],
    },
  }),
);
done(
  await director.POST("/v1/students/{student}/interventions/{intervention}/start", {
    params: { path: { student, intervention }, header: key() },
    body: { on: day(-2) },
  }),
);

// The mentor finds the student on the caseload …
const caseload = answered(await mentor.GET("/v1/caseload", { params: { query: { limit: 200 } } }));
assert(caseload.items.some((line) => line.student === student), "the student is on the caseload");

// … talks to the family, holds a session, and does what was agreed …
written(
  await mentor.POST("/v1/students/{student}/contacts", {
    params: { path, header: key() },
    body: { on: day(-1), outcome: "made", medium: "phone", with: "family", minutes: 10, note: "Mornings are hard." },
  }),
);
written(
  await mentor.POST("/v1/students/{student}/interventions/{intervention}/sessions", {
    params: { path: { student, intervention }, header: key() },
    body: { held_on: day(-1), outcome: "held", minutes: 15 },
  }),
);
const followUp = written(
  await mentor.POST("/v1/students/{student}/follow-ups", {
    params: { path, header: key() },
    body: { what: "Call about the bus.", due: { in_school_days: 3 }, owner: me.id },
  }),
);
done(
  await mentor.POST("/v1/students/{student}/follow-ups/{follow_up}/completion", {
    params: { path: { student, follow_up: followUp }, header: key() },
    body: { result: "The bus comes at seven now." },
  }),
);

// … and the director refers the student to a partner, with the family's consent.
written(
  await director.POST("/v1/students/{student}/consents", {
    params: { path, header: key() },
    body: {
      partner,
      purpose: "basic_needs",
      scope: ["directory"],
      signatory: "Her mother",
      relation: "parent",
      signed_on: day(-1),
    },
  }),
);
const referral = written(
  await director.POST("/v1/students/{student}/referrals", {
    params: { path, header: key() },
    body: { partner, purpose: "basic_needs", reason: "A winter coat.", shares: ["directory"] },
  }),
);
done(
  await director.POST("/v1/students/{student}/referrals/{referral}/request", {
    params: { path: { student, referral }, header: key() },
  }),
);

// The plan shows it all.
const plan: Plan = answered(await mentor.GET("/v1/students/{student}/plan", { params: { path } }));
assert.equal(plan.contacts?.last_on, day(-1));
assert(plan.referrals.some((each) => each.entry === referral));
assert(plan.interventions.some((each) => each.entry === intervention));

// What was written down is told apart by its kind.
const page = answered(await mentor.GET("/v1/students/{student}/entries", { params: { path, query: { kind: "session" } } }));
const [entry] = page.items;
assert(entry?.content?.kind === "session");
assert.equal(entry.content.session.minutes, 15);
console.log("the TypeScript client carried out a mentor's day");
