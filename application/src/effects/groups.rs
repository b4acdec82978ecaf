//! What a group's comparison comes to, by dosage too.
use domain::effect::{Comparison, DosageBand, Stratum, compare, match_up};
use serde::{Deserialize, Serialize};
use strum::VariantArray;
use utoipa::ToSchema;

use super::gather::Group;

/// The same draws each time.
const SEED: u64 = 1;

/// What changed for those served in one way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"group": "check_and_connect", "dosage": [{"dosage": "one_to_three"}]}))]
pub struct EffectOfGroup {
    /// The kind of intervention, or the id of the partner or the school; `without_partner` for mentors who work for none.
    pub group: String,
    /// The comparison; absent where fewer than ten students are on either side, or could be worked out to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub comparison: Option<Comparison>,
    /// The same by how much support the students got. Who got more differs in more than that.
    pub dosage: Vec<EffectOfDosage>,
}

/// What changed for those who got so much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"dosage": "one_to_three"}))]
pub struct EffectOfDosage {
    /// How much: sessions held, or contacts made, for five school days.
    pub dosage: DosageBand,
    /// The comparison; absent where fewer than ten students are on either side, or could be worked out to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub comparison: Option<Comparison>,
}

/// A group's effect with the number of its served, which is not told where it is small.
pub struct Counted {
    /// What is told.
    pub effect: EffectOfGroup,
    /// How many were served and are compared.
    pub served: usize,
    /// The same by dosage.
    pub by_dosage: Vec<usize>,
}

/// Compares a group.
pub fn compared(group: Group) -> Counted {
    let Group { name, served, waiting, all_before } = group;
    let strata = |of: Option<DosageBand>| {
        let served = served.iter().filter(|(_, _, dosage)| of.is_none_or(|of| of == *dosage));
        let served = served.map(|(likeness, observation, _)| (likeness.clone(), *observation));
        match_up(served, waiting.iter().cloned()).strata
    };
    let number = |strata: &[Stratum]| strata.iter().map(|stratum| stratum.served.len()).sum();
    let whole = strata(None);
    let (dosage, by_dosage) = DosageBand::VARIANTS
        .iter()
        .map(|&dosage| {
            let part = strata(Some(dosage));
            let comparison = compare(&part, &all_before, SEED);
            (EffectOfDosage { dosage, comparison }, number(&part))
        })
        .unzip();
    let comparison = compare(&whole, &all_before, SEED);
    Counted { served: number(&whole), by_dosage, effect: EffectOfGroup { group: name, comparison, dosage } }
}
