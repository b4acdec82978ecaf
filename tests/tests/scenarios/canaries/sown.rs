//! Writes words that nobody else says wherever a body has room for free text.
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::authority::{
    contract::Contract,
    ready::{Hand, Place, Ready},
    table::{Row, Table},
};

/// Takes a note from the team and leaves it to the school's staff.
const SHOWS_TO_OTHERS: &str = "change_note_visibility";

/// Numbers the words.
static WRITTEN: AtomicUsize = AtomicUsize::new(1000);

/// One word, written in one place.
pub struct Word {
    /// The word.
    pub text: String,
    /// The line by which it was written.
    pub row: String,
    /// What was done last.
    pub at_last: String,
    /// Who may know it.
    pub known_to: BTreeSet<String>,
}

/// Something that was made.
pub struct Made {
    /// On which case.
    pub at: usize,
    /// By which id.
    pub entry: Uuid,
    /// The addresses of what was done for it.
    paths: Vec<String>,
}

/// Where words were written for the same people.
pub struct Field {
    /// The cases, with what was written on each last.
    pub places: Vec<Place>,
    /// Whatever was made.
    pub entries: Vec<Made>,
    /// The words.
    pub words: Vec<Word>,
}

impl Word {
    /// Whether it stands on the log alone: of what was taken back, moved away or put otherwise.
    pub fn is_kept_from_all(&self) -> bool {
        let over = ["retract_entry", "move_entry"].contains(&&*self.at_last)
            || (self.at_last == "agree_to_amendment" && self.row == "add_note");
        let otherwise = ["correct_note-reason", "change_note_visibility-reason", "set_goal-unit"];
        over || otherwise.iter().any(|end| self.text.ends_with(end))
    }
}

impl Made {
    /// Whether it may be what an address names by `kind`: what was made at an address of its kind, and any entry.
    pub fn may_be(&self, kind: &str) -> bool {
        kind == "entry" || self.paths.iter().any(|path| path.contains(&format!("/{kind}s")))
    }
}

impl Field {
    /// Of whom something was written.
    pub fn students(&self) -> impl Iterator<Item = Uuid> {
        self.places.iter().map(|place| place["student"])
    }
}

/// Carries out every line about a student that has room for free text, as far as it can be for `visibility`. What `read`
/// allows says who may know of it.
pub async fn sow(ready: &Ready<'_>, table: &Table, contract: &Contract, visibility: &str, read: &Row) -> Field {
    let readers = |read: &Row| -> BTreeSet<String> {
        read.answers().filter(|(_, answer)| *answer == "yes").map(|(caller, _)| caller.to_owned()).collect()
    };
    let (may_read, team) = (readers(read), readers(table.row("show_case").expect("a line")));
    let doers: &[&str] = match visibility {
        "mental_health" => &["mental health manager", "partner"],
        _ => &["director", "mental health manager", "mentor", "partner", "privacy officer"],
    };
    let mut field = Field { places: vec![], entries: vec![], words: vec![] };
    for row in table.rows.iter().filter(|row| !row.name.contains(" / ")) {
        let steps: Vec<&Row> = ready.before(row).into_iter().chain([row]).collect();
        let Some(("open_case", after)) = steps.split_first().map(|(first, rest)| (&*first.name, rest)) else {
            continue;
        };
        let operation = contract.operation(&row.operation);
        let takes_visibility = |step: &&Row| contract.takes(contract.operation(&step.operation), "visibility");
        let for_all = visibility == "team" || after.iter().any(takes_visibility);
        if !contract.has_room_for_text(operation) || !for_all || !doers.iter().any(|doer| row.allows(doer)) {
            continue;
        }
        let number = WRITTEN.fetch_add(1, Relaxed);
        let says = |step: &Row, body: Value| says(contract, step, body, visibility, number);
        let hand = Hand { doers, writes: &says };
        let at = match carried_out(ready, table, after, &mut field.places, hand).await {
            Ok(at) => at,
            Err(why) if visibility == "team" => panic!("{} cannot be carried out: {why}", row.name),
            Err(_) => continue,
        };
        let paths = after.iter().map(|step| contract.operation(&step.operation).path.clone()).collect();
        field.entries.push(Made { at, entry: field.places[at]["entry"], paths });
        for step in after {
            let operation = contract.operation(&step.operation);
            let Some(example) = contract.example(operation) else { continue };
            let body = says(step, example);
            // A plan is for the team, whatever its goals are for.
            let mut known_to = if step.operation.ends_with("_plan") { team.clone() } else { may_read.clone() };
            if row.name == SHOWS_TO_OTHERS {
                known_to = readers(table.row("show_entry / school").expect("a line"));
            }
            known_to.extend(told_by_the_way(step, &steps));
            let texts = texts(&body).into_iter();
            field.words.extend(texts.map(|text| Word {
                text,
                row: step.name.clone(),
                at_last: row.name.clone(),
                known_to: known_to.clone(),
            }));
        }
    }
    field
}

/// Carries the steps out on a case on which they can be: on one that is there, or a new one. Which it was; or why they
/// cannot be at all.
async fn carried_out(
    ready: &Ready<'_>,
    table: &Table,
    steps: &[&Row],
    places: &mut Vec<Place>,
    hand: Hand<'_>,
) -> Result<usize, String> {
    let open_case = table.row("open_case").ok_or("no line")?;
    let mut why = String::new();
    for at in 0..=places.len() {
        if at == places.len() {
            let mut fresh = ready.fresh();
            ready.step(open_case, &mut fresh, Hand { doers: &["director"], ..hand }).await?;
            let stays_open = steps.iter().all(|step| step.operation != "close_case");
            ready.tie(&fresh, None, stays_open).await;
            places.push(fresh);
        }
        let mut place = places[at].clone();
        match stepped(ready, steps, &mut place, hand).await {
            Ok(()) => {
                places[at] = place;
                return Ok(at);
            }
            Err(refused) => why = refused,
        }
    }
    places.pop();
    Err(why)
}

async fn stepped(ready: &Ready<'_>, steps: &[&Row], place: &mut Place, hand: Hand<'_>) -> Result<(), String> {
    for step in steps {
        ready.step(step, place, hand).await?;
    }
    Ok(())
}

fn says(contract: &Contract, step: &Row, body: Value, visibility: &str, number: usize) -> Value {
    let operation = contract.operation(&step.operation);
    let name = &step.operation;
    let mut body = contract.saying(operation, body, &|property| format!("canary-{number}-{name}-{property}"));
    let begins = name != SHOWS_TO_OTHERS && contract.takes(operation, "visibility");
    if let Some(body) = body.as_object_mut().filter(|_| begins) {
        body.insert("visibility".into(), json!(visibility));
    }
    // What is put right stays for whom it was.
    if let Some(seen) = body.pointer_mut("/now/note/visibility") {
        *seen = json!(visibility);
    }
    body
}

/// Who may know what `step` says, beside those who may read what is written for `visibility`.
fn told_by_the_way(step: &Row, steps: &[&Row]) -> BTreeSet<String> {
    let has = |names: &[&str]| steps.iter().any(|step| names.contains(&&*step.operation));
    let mut told = BTreeSet::new();
    if has(&["draft_referral", "give_consent", "refuse_consent"]) {
        told.insert("partner".to_owned());
    }
    if has(&["forward_referral"]) {
        told.insert("another partner".to_owned());
    }
    let of_amendments = ["attach_statement", "record_hearing"].contains(&&*step.operation);
    if step.operation.ends_with("_override")
        || step.operation.starts_with("override_")
        || step.operation.ends_with("_amendment")
        || of_amendments
    {
        told.insert("privacy officer".to_owned());
    }
    told
}

/// The words in a body.
fn texts(body: &Value) -> Vec<String> {
    match body {
        Value::String(text) if text.starts_with("canary-") => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(object) => object.values().flat_map(texts).collect(),
        _ => vec![],
    }
}
