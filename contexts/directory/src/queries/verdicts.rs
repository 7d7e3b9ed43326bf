//! The verdict of every row of a spreadsheet, against what is known today.

use std::collections::BTreeMap;

use kernel::text::fold;
use kernel::{CoordinationId, StructureId};
use store::{Conn, Error};

use crate::import::{Columns, Doubt, Judged, RawRow, Verdict, read_row};

/// Judges every row, in the order of the file.
///
/// # Errors
/// When the database cannot be read.
pub async fn judge(
    conn: &mut Conn,
    coordination: CoordinationId,
    columns: &Columns,
    rows: &[RawRow],
) -> Result<Vec<Judged>, Error> {
    let members = network::queries::members(conn, coordination).await?;
    let ids: Vec<StructureId> = members.iter().map(|member| member.structure).collect();
    let sites = super::sites_of_many(conn, &ids).await?;
    let mut by_name: BTreeMap<String, Vec<StructureId>> = BTreeMap::new();
    for member in &members {
        by_name.entry(fold(&member.name)).or_default().push(member.structure);
    }
    let mut earlier: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut earlier_sirets: BTreeMap<String, usize> = BTreeMap::new();
    let mut judged = Vec::with_capacity(rows.len());
    for row in rows {
        let draft = match read_row(&columns.mapping, &row.cells) {
            Ok(draft) => draft,
            Err(refused) => {
                judged.push(Judged {
                    line: row.line,
                    name: String::new(),
                    verdict: Verdict::Refused(refused),
                    says: None,
                });
                continue;
            }
        };
        let name = draft.facts.identity.name.clone();
        let folded = fold(&name);
        let postcode = draft.site.as_ref().map(|site| site.postcode.clone()).unwrap_or_default();
        let siret = draft.facts.identity.siret.clone();
        let known = match &siret {
            Some(siret) => network::queries::structure_with_siret(conn, siret).await?,
            None => None,
        };
        let namesakes = by_name.get(&folded).cloned().unwrap_or_default();
        let same_place = namesakes.iter().copied().find(|id| {
            sites.get(id).is_some_and(|places| places.iter().any(|site| site.postcode == postcode))
        });
        let twice = siret
            .as_ref()
            .and_then(|siret| earlier_sirets.get(siret))
            .or_else(|| earlier.get(&(folded.clone(), postcode.clone())))
            .copied();
        let mut says = None;
        let elsewhere = known.filter(|known| !ids.contains(known));
        let verdict = if let Some(known) = elsewhere {
            match network::queries::has_leads(conn, known).await? {
                true => Verdict::AsksItself(known),
                false => Verdict::KnownElsewhere(known),
            }
        } else if let Some(known) = known.or(same_place) {
            says = Some(Box::new(draft));
            Verdict::Known(known)
        } else if let Some(line) = twice {
            Verdict::ToCheck(Doubt::TwiceInFile(line), Box::new(draft))
        } else if let Some(known) = namesakes.first() {
            Verdict::ToCheck(Doubt::SameName(*known), Box::new(draft))
        } else {
            Verdict::New(Box::new(draft))
        };
        earlier.entry((folded, postcode)).or_insert(row.line);
        if let Some(siret) = siret {
            earlier_sirets.entry(siret).or_insert(row.line);
        }
        judged.push(Judged { line: row.line, name, verdict, says });
    }
    Ok(judged)
}
