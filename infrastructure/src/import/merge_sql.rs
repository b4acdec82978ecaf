//! The statements that merge one kind, made from its declaration; every name in them is our own.
use super::kind::{Column, Holds, Kind};

/// Looks everything up that staged rows refer to, and says why a row cannot be used.
pub(crate) fn resolve(kind: &Kind, source: &str) -> String {
    let (mut columns, mut joins, mut reasons) = (String::new(), String::new(), Vec::new());
    for (i, column) in kind.columns.iter().enumerate() {
        let name = column.name;
        match column.holds {
            Holds::Refers(target) => {
                let space = target.kind;
                joins += &format!(
                    "\nLEFT JOIN import_xml_ids y{i} ON y{i}.file = s.file AND y{i}.kind = '{space}' AND y{i}.xml_id = s.{name}
                     LEFT JOIN external_ids x{i} ON x{i}.source = '{source}' AND x{i}.kind = '{space}'
                          AND x{i}.external_id = COALESCE(y{i}.external_id, s.{name})"
                );
                let found = match target.table {
                    Some(table) => {
                        joins += &format!("\nLEFT JOIN {table} t{i} ON t{i}.id = x{i}.id");
                        format!("t{i}.id")
                    }
                    None => format!("x{i}.id"),
                };
                columns += &format!(", {found} AS {name}");
                let reason = column.leads_nowhere(target);
                reasons.push(format!("CASE WHEN s.{name} IS NOT NULL AND {found} IS NULL THEN '{reason}' END"));
            }
            Holds::Decimal => columns += &format!(", s.{name}::numeric AS {name}"),
            _ => columns += &format!(", s.{name}"),
        }
    }
    let (own, unknown) = match &kind.identity {
        Some(identity) => {
            // Who was erased does not come back.
            reasons.push(format!(
                "CASE WHEN EXISTS (SELECT FROM erased_ids WHERE mark = erased_mark('{source}', '{}', s.external_id))
                      THEN 'erased: is not to come back' END",
                identity.kind
            ));
            joins += &format!(
                "\nLEFT JOIN external_ids own ON own.source = '{source}' AND own.kind = '{}' AND own.external_id = s.external_id",
                identity.kind
            );
            (", COALESCE(own.id, gen_random_uuid()) AS id, own.id IS NOT NULL AS known", "own.id IS NULL")
        }
        None => ("", "false"),
    };
    let reasons = if reasons.is_empty() { "NULL".to_owned() } else { reasons.join(", ") };
    format!(
        "CREATE TEMP TABLE {resolved} ON COMMIT DROP AS
         SELECT s.seq, s.file, s.line, s.external_id, s.hash, s.ended{own}{columns},
                CASE WHEN s.ended IS NULL THEN NULLIF(concat_ws('; ', {reasons}), '')
                     WHEN {unknown} THEN 'to be deleted, but never seen' END AS reason
         FROM {stage} s{joins}",
        resolved = resolved(kind),
        stage = kind.stage(),
    )
}

/// Marks every row but the first of the same key.
pub(crate) fn duplicates(kind: &Kind) -> String {
    let key = if kind.identity.is_some() { "external_id".to_owned() } else { kind.key.join(", ") };
    format!(
        "UPDATE {resolved} r SET reason = 'duplicate {duplicate}: the same as ' || f.name || ' line ' || d.line
         FROM (SELECT seq, row_number() OVER w AS n, first_value(file) OVER w AS file, first_value(line) OVER w AS line
               FROM {resolved} WHERE reason IS NULL WINDOW w AS (PARTITION BY {key} ORDER BY seq)) d
         JOIN import_files f ON f.file = d.file
         WHERE d.n > 1 AND r.seq = d.seq",
        resolved = resolved(kind),
        duplicate = kind.duplicate,
    )
}

/// Refuses rows by their numbers, `$2`, for the reason `$1`.
pub(crate) fn leave_out(kind: &Kind) -> String {
    format!("UPDATE {} SET reason = $1 WHERE seq = ANY ($2) AND reason IS NULL", resolved(kind))
}

/// Gives ids of ours to what is seen for the first time, and remembers the document's own ids.
pub(crate) fn identify(kind: &Kind, source: &str) -> Option<String> {
    let space = kind.identity.as_ref()?.kind;
    Some(format!(
        "INSERT INTO external_ids (source, kind, external_id, id)
         SELECT '{source}', '{space}', external_id, id FROM {resolved} WHERE reason IS NULL AND NOT known;
         INSERT INTO import_xml_ids (file, kind, xml_id, external_id)
         SELECT file, '{space}', xml_id, external_id FROM {stage} WHERE xml_id IS NOT NULL",
        resolved = resolved(kind),
        stage = kind.stage(),
    ))
}

/// Writes what is new or says something else than before; counts (new, changed). `$1` is the batch.
pub(crate) fn write(kind: &Kind, source: &str) -> String {
    let stored: Vec<&str> = kind.columns.iter().filter(|c| !matches!(c.holds, Holds::Staged)).map(|c| c.name).collect();
    let key: Vec<&str> = if kind.identity.is_some() { vec!["id"] } else { kind.key.to_vec() };
    let id = if kind.identity.is_some() { "id, " } else { "" };
    let columns = stored.join(", ");
    let mut set: Vec<String> =
        stored.iter().filter(|c| !key.contains(c)).map(|c| format!("{c} = EXCLUDED.{c}")).collect();
    if let Some(end) = kind.ends.filter(|end| !stored.contains(end)) {
        set.push(format!("{end} = NULL"));
    }
    set.extend(["source", "batch", "hash"].map(|c| format!("{c} = EXCLUDED.{c}")));
    let same: Vec<String> = key.iter().map(|k| same(kind, k)).collect();
    format!(
        "WITH different AS (
             SELECT r.* FROM {resolved} r LEFT JOIN {table} t ON {same}
             WHERE r.reason IS NULL AND r.ended IS NULL AND t.hash IS DISTINCT FROM r.hash
         ), written AS (
             INSERT INTO {table} AS t ({id}{columns}, source, batch, hash)
             SELECT {id}{columns}, '{source}', $1, hash FROM different ORDER BY seq
             ON CONFLICT ({key}) DO UPDATE SET {set}
             RETURNING (xmax = 0) AS fresh
         )
         SELECT count(*) FILTER (WHERE fresh), count(*) FILTER (WHERE NOT fresh) FROM written",
        resolved = resolved(kind),
        table = kind.table,
        same = same.join(" AND "),
        key = key.join(", "),
        set = set.join(", "),
    )
}

/// Writes what is new and counts it; what is there already is left as it is. `$1` is the batch.
pub(crate) fn add(kind: &Kind, source: &str) -> String {
    let (columns, key) = (names(kind).join(", "), kind.key.join(", "));
    format!(
        "INSERT INTO {table} ({columns}, source, batch, hash)
         SELECT {values}, '{source}', $1, hash FROM {resolved} WHERE reason IS NULL ORDER BY {key}, seq
         ON CONFLICT ({key}) DO NOTHING",
        values = values(kind).join(", "),
        table = kind.table,
        resolved = resolved(kind),
    )
}

/// Writes what says something else than before and counts it. `$1` is the batch.
pub(crate) fn change(kind: &Kind, source: &str) -> String {
    let set: Vec<String> = names(kind)
        .iter()
        .zip(values(kind))
        .filter(|(name, _)| !kind.key.contains(name))
        .map(|(name, value)| format!("{name} = r.{value}, "))
        .collect();
    let same: Vec<String> = kind.key.iter().map(|k| same(kind, k)).collect();
    format!(
        "UPDATE {table} t SET {set}source = '{source}', batch = $1, hash = r.hash FROM {resolved} r
         WHERE r.reason IS NULL AND {same} AND t.hash IS DISTINCT FROM r.hash",
        table = kind.table,
        set = set.concat(),
        resolved = resolved(kind),
        same = same.join(" AND "),
    )
}

/// The columns that are stored.
fn names(kind: &Kind) -> Vec<&'static str> {
    kind.columns.iter().filter(|c| !matches!(c.holds, Holds::Staged)).map(|c| c.name).collect()
}

/// The same, as they are taken out of a table of looked-up rows: numbers wait there as texts.
fn values(kind: &Kind) -> Vec<String> {
    let stored = kind.columns.iter().filter(|c| !matches!(c.holds, Holds::Staged));
    let cast = |c: &Column| if matches!(c.holds, Holds::Decimal) { "::numeric" } else { "" };
    stored.map(|c| format!("{}{}", c.name, cast(c))).collect()
}

/// Ends what is to be deleted. The hash goes, so that a row that comes back is written again. `$1` is the batch.
pub(crate) fn end(kind: &Kind) -> Option<String> {
    let end = kind.ends?;
    Some(format!(
        "UPDATE {table} t SET {end} = r.ended, batch = $1, hash = NULL FROM {resolved} r
         WHERE r.reason IS NULL AND r.ended IS NOT NULL AND t.id = r.id AND (t.{end} IS NULL OR t.{end} > r.ended)",
        table = kind.table,
        resolved = resolved(kind),
    ))
}

/// Lists the rows that cannot be used.
pub(crate) fn reject(kind: &Kind) -> String {
    format!(
        "INSERT INTO import_rejects (file, line, kind, reason)
         SELECT file, line, '{}', reason FROM {} WHERE reason IS NOT NULL",
        kind.name,
        resolved(kind)
    )
}

/// The table of looked-up rows.
pub(crate) fn resolved(kind: &Kind) -> String {
    kind.stage().replacen("stage_", "resolved_", 1)
}

/// A key column that may be missing is compared so that missing equals missing; the others so that indexes serve.
fn same(kind: &Kind, key: &str) -> String {
    let optional = |c: &Column| c.name == key && !c.required;
    let operator = if kind.columns.iter().any(optional) { "IS NOT DISTINCT FROM" } else { "=" };
    format!("t.{key} {operator} r.{key}")
}
