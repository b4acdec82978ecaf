//! The tables beside the live ones, of the same names in a schema of their own.
use application::Table;
use deadpool_postgres::{ClientWrapper, Pool};
use futures::future::try_join_all;
use tokio_postgres::GenericClient;

use super::{RebuildError, connect, plan::Plan};
use crate::DatabaseError;

/// How a table of an earlier version gets the shape of a later one: table, the later version, statements about
/// `rebuild.TABLE`. The live table keeps its shape until it is switched, so no migration changes a view's table.
const SHAPES: &[(Table, i32, &str)] = &[
    (Table::CaseFiles, 2, "ALTER TABLE rebuild.case_files ALTER COLUMN body TYPE text;"),
    (Table::Entries, 2, "ALTER TABLE rebuild.entries ALTER COLUMN body TYPE text;"),
    (Table::Timeline, 2, "ALTER TABLE rebuild.timeline ALTER COLUMN words TYPE jsonb USING words::jsonb;"),
];

/// The version of the live view, and how its table is stored, which `LIKE` does not take over.
const LIVE: &str = "
    SELECT version, (SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE oid = to_regclass(view))
    FROM live_views WHERE view = $1";

/// Whether these very views, in these versions, are under way; and if so, whether they have their indexes.
pub async fn under_way(client: &ClientWrapper, tables: &[Table]) -> Result<Option<bool>, RebuildError> {
    let rows = client.query("SELECT view, version, indexed FROM rebuild.under_way ORDER BY view", &[]).await?;
    let mut wanted: Vec<(&str, i32)> = tables.iter().map(|table| ((*table).into(), table.version())).collect();
    wanted.sort_unstable();
    let there: Vec<(&str, i32)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    Ok((there == wanted).then(|| rows.iter().all(|row| row.get::<_, bool>(2))))
}

/// Makes the tables, without indexes, and forgets whatever was under way.
pub async fn begin(client: &ClientWrapper, tables: &[Table]) -> Result<(), RebuildError> {
    let mut statements = "BEGIN; TRUNCATE rebuild.under_way, rebuild.streams;".to_owned();
    for row in client.query("SELECT tablename::text FROM pg_tables WHERE schemaname = 'rebuild'", &[]).await? {
        let name: &str = row.get(0);
        if !["under_way", "streams"].contains(&name) {
            statements += &format!("DROP TABLE rebuild.{name};");
        }
    }
    for table in tables {
        let (name, version) = (<&str>::from(*table), table.version());
        statements += &format!("CREATE TABLE rebuild.{name} (LIKE {name} INCLUDING ALL EXCLUDING INDEXES);");
        let live = client.query_one(LIVE, &[&name]).await?;
        let options: Option<&str> = live.get(1);
        options.iter().for_each(|options| statements += &format!("ALTER TABLE rebuild.{name} SET ({options});"));
        let later = SHAPES.iter().filter(|(of, to, _)| of == table && *to > live.get(0) && *to <= version);
        later.for_each(|(_, _, shape)| statements += shape);
        statements += &format!("INSERT INTO rebuild.under_way (view, version) VALUES ('{name}', {version});");
    }
    Ok(client.batch_execute(&(statements + "COMMIT")).await?)
}

/// A column that is written.
#[derive(Debug)]
pub struct Column {
    pub name: String,
    /// Whether it holds an array of PostgreSQL's, other than one in JSON.
    pub is_array: bool,
}

/// The columns that are written.
pub async fn columns(client: &impl GenericClient, table: &str) -> Result<Vec<Column>, DatabaseError> {
    let columns =
        "SELECT attname::text, atttypid IN (SELECT oid FROM pg_type WHERE typcategory = 'A') FROM pg_attribute
                   WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
                   ORDER BY attnum";
    let rows = client.query(columns, &[&table]).await?;
    Ok(rows.iter().map(|row| Column { name: row.get(0), is_array: row.get(1) }).collect())
}

/// Makes the indexes and keys of the live tables that are missing, by the same names, and gathers statistics.
pub async fn index(pool: &Pool, plan: &Plan) -> Result<(), RebuildError> {
    let index = async |table: Table| {
        let client = connect(pool).await?;
        let name = <&str>::from(table);
        let mut statements = "BEGIN;".to_owned();
        for row in client.query(INDEXES, &[&name]).await? {
            let (made, index, constraint): (&str, &str, Option<&str>) = (row.get(0), row.get(1), row.get(2));
            statements += &format!("{made};");
            if let Some(kind) = constraint {
                let constraint = format!("ADD CONSTRAINT {index} {kind} USING INDEX {index}");
                statements += &format!("ALTER TABLE rebuild.{name} {constraint};");
            }
        }
        statements += &format!("UPDATE rebuild.under_way SET indexed = true WHERE view = '{name}'; COMMIT;");
        statements += &format!("ANALYZE rebuild.{name}");
        Ok::<_, RebuildError>(client.batch_execute(&statements).await?)
    };
    try_join_all(plan.tables().into_iter().map(index)).await?;
    Ok(())
}

/// The statements that make a live table's indexes on its shadow, and what constraints stand on them; those that are
/// there are left out.
const INDEXES: &str = "
    SELECT replace(pg_get_indexdef(i.indexrelid),
                   format(' ON %I.%I ', n.nspname, t.relname), format(' ON rebuild.%I ', t.relname)),
           quote_ident(x.relname),
           CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
         JOIN pg_class x ON x.oid = i.indexrelid LEFT JOIN pg_constraint c ON c.conindid = x.oid AND c.conrelid = t.oid
    WHERE t.oid = $1::text::regclass AND to_regclass(format('rebuild.%I', x.relname)) IS NULL ORDER BY x.relname";
