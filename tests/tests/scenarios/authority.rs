//! The authority table, `tests/authority.csv`, holds: every operation, asked as every kind of caller.
pub mod callers;
pub mod contract;
pub mod ready;
pub mod table;

use futures::{StreamExt, stream};
use tests::District;

use callers::Callers;
use contract::Contract;
use ready::Ready;
use table::{Row, Table, answer_in_words};

/// How many lines are tried at a time.
const AT_ONCE: usize = 4;

#[test]
fn every_operation_has_a_line_and_every_line_an_operation() {
    let (table, contract) = (Table::read(), Contract::read());
    let missing = contract.names().filter(|name| !table.rows.iter().any(|row| row.operation == *name));
    let lines: Vec<_> = missing.map(|name| table.proposed(name, contract.operation(name).summary())).collect();
    let lines = lines.join("\n");
    assert!(lines.is_empty(), "add to tests/authority.csv, each answer as it ought to be:\n{lines}");
    for row in &table.rows {
        assert!(contract.has(&row.operation), "there is no operation {}: take its line out", row.operation);
        assert!(row.after.is_empty() || table.row(&row.after).is_some(), "{}: no line {}", row.name, row.after);
    }
}

#[tokio::test]
async fn every_caller_is_answered_as_the_table_says() {
    let district = District::fresh().await.expect("a district");
    let (table, contract) = (Table::read(), Contract::read());
    let callers = Callers::hired(&district).await;
    let ready = Ready::new(&table, &contract, &callers).await;
    let tried = stream::iter(&table.rows).map(|row| tried(row, &ready)).buffered(AT_ONCE);
    let wrong: Vec<String> = tried.collect::<Vec<_>>().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} answers are not as tests/authority.csv says:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is answered otherwise than the line says.
async fn tried(row: &Row, ready: &Ready<'_>) -> Vec<String> {
    let mut wrong = vec![];
    // Refusals change nothing: they are all tried in one place.
    let shared = match ready.place(row, None).await {
        Ok(place) => place,
        Err(why) => return vec![format!("{}: {why}", row.name)],
    };
    for (caller, expected) in row.answers() {
        let changes = expected == "yes" && ready.changes(row);
        let own = if changes { ready.place(row, Some(caller)).await } else { Ok(shared.clone()) };
        let (status, why) = match own {
            Ok(place) => ready.ask(row, caller, &place).await,
            Err(why) => (0, why),
        };
        let answered = answer_in_words(status);
        if answered != expected {
            wrong.push(format!(
                "{} as {caller}: {expected} in the table, answered {answered} ({status} {why})",
                row.name
            ));
        }
    }
    wrong
}
