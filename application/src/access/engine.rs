//! The policies, and what decides by them.
//!
//! The policies are files that a privacy officer can read: `application/policies`. What a decision depends on is a
//! handful of facts: the role, how it is tied to the case, the act, the visibility. Each combination of them is decided
//! once and remembered; the facts themselves are looked up for every request, so that nothing outlives a revocation.
use std::{
    collections::HashMap,
    hash::Hash,
    str::FromStr,
    sync::{LazyLock, PoisonError, RwLock},
};

use cedar_policy::{
    Authorizer, Context, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression as Value, Schema,
};
use domain::{Role, Visibility};

use super::{Act, Ground};
use crate::HeldRole;
use entities::{case, holder, thing, uid, written};

mod entities;
mod thing;

pub use thing::{Colleague, Deed, Thing};

const SCHEMA: &str = include_str!("../../policies/throughline.cedarschema");

const POLICIES: &[&str] = &[
    include_str!("../../policies/case.cedar"),
    include_str!("../../policies/district.cedar"),
    include_str!("../../policies/entries.cedar"),
    include_str!("../../policies/figures.cedar"),
    include_str!("../../policies/mental_health.cedar"),
    include_str!("../../policies/overrides.cedar"),
    include_str!("../../policies/schools.cedar"),
    include_str!("../../policies/staff.cedar"),
    include_str!("../../policies/students.cedar"),
    include_str!("../../policies/view_as.cedar"),
    include_str!("../../policies/amendments.cedar"),
    include_str!("../../policies/evidence.cedar"),
];

/// Whether nothing is decided at all: in the benchmark alone, which measures what deciding costs.
const UNDECIDED: bool = cfg!(feature = "undecided");

/// Whether two things are the same: a role's school and the case's, a role's partner and one that the case knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Same {
    /// One of them is not there.
    Missing,
    /// They are.
    Yes,
    /// They are not.
    No,
}

impl Same {
    pub fn of<T: PartialEq>(of_role: Option<T>, is_same: impl FnOnce(T) -> bool) -> Self {
        of_role.map_or(Self::Missing, |held| if is_same(held) { Self::Yes } else { Self::No })
    }
}

/// How one held role is tied to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tie {
    /// The role.
    pub role: Role,
    /// Whether it is held at the school that supports the student.
    pub school: Same,
    /// Whether whoever holds it mentors the student.
    pub mentors: bool,
    /// Whether it is held with a partner that may know of the student: by a referral, under an agreement.
    pub partner: Same,
    /// Whether whoever holds it has opened the case in an emergency.
    pub overrides: bool,
}

impl Tie {
    /// A role for itself, of whose school and partner it is only known whether there are any.
    pub fn apart(held: &HeldRole) -> Self {
        let there = |is_there: bool| if is_there { Same::No } else { Same::Missing };
        let (school, partner) = (there(held.school.is_some()), there(held.partner.is_some()));
        Self { role: held.role, school, mentors: false, partner, overrides: false }
    }
}

/// What an entry is to whoever wants to read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct About {
    /// For whom it was written.
    pub visibility: Visibility,
    /// Whether they wrote it themselves.
    pub own: bool,
    /// In which role it was written.
    pub author_role: Role,
    /// Whether it is about the partner of the role.
    pub partner: Same,
    /// Whether data of its kind is shared with the partner of the role.
    pub shared: bool,
    /// Whether the supervisor has handed over to the holder what its author wrote for the two of them.
    pub handed_over: bool,
}

/// What is done to an entry by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryAct {
    /// Reading what it says.
    Read,
    /// Putting it right.
    Repair,
}

/// Whether a role so tied may do `act`, inside the compartment or outside of it, and on which ground.
pub fn act(tie: Tie, act: Act, compartment: bool) -> Option<Ground> {
    static KNOWN: Known<(Tie, Act, bool), Option<Ground>> = Known::new();
    if UNDECIDED {
        return Some(Ground::SchoolOfficial);
    }
    KNOWN.or_decide((tie, act, compartment), |engine| engine.ground(&engine.permits_act(tie, act, compartment)?))
}

/// The names of the policies by which a role so tied may do `act`.
pub fn policies(tie: Tie, act: Act, compartment: bool) -> Vec<String> {
    let permits = ENGINE.permits_act(tie, act, compartment).unwrap_or_default();
    let name = |id| Some(ENGINE.policies.policy(id)?.annotation("id")?.to_owned());
    permits.iter().filter_map(name).collect()
}

/// Whether a role so tied may do that to such an entry.
pub fn entry(tie: Tie, act: EntryAct, about: About) -> bool {
    static KNOWN: Known<(Tie, EntryAct, About), bool> = Known::new();
    if UNDECIDED {
        return true;
    }
    KNOWN.or_decide((tie, act, about), |engine| {
        let name = match act {
            EntryAct::Read => "read_entry",
            EntryAct::Repair => "repair_entry",
        };
        engine.permits(tie, name, uid("Entry", "entry"), [], &[written(about)]).is_some()
    })
}

/// Whether a role so tied may do that to what is no case, and on which ground.
pub fn reference(tie: Tie, deed: Deed, about: Thing) -> Option<Ground> {
    static KNOWN: Known<(Tie, Deed, Thing), Option<Ground>> = Known::new();
    KNOWN.or_decide((tie, deed, about), |engine| {
        let resource = thing(about);
        let permits = engine.permits(tie, deed.into(), resource.uid(), [], &[resource])?;
        engine.ground(&permits)
    })
}

/// What was decided already, by its facts.
struct Known<Q, A>(LazyLock<RwLock<HashMap<Q, A>>>);

impl<Q: Eq + Hash + Copy, A: Copy> Known<Q, A> {
    const fn new() -> Self {
        Self(LazyLock::new(RwLock::default))
    }

    fn or_decide(&self, question: Q, decide: impl FnOnce(&Engine) -> A) -> A {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&question) {
            return *known;
        }
        let decided = decide(&ENGINE);
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(question, decided);
        decided
    }
}

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::new);

struct Engine {
    policies: PolicySet,
    schema: Schema,
    authorizer: Authorizer,
}

impl Engine {
    fn new() -> Self {
        let (schema, _) = Schema::from_cedarschema_str(SCHEMA).expect("the schema is tested to be read");
        let policies = PolicySet::from_str(&POLICIES.concat()).expect("the policies are tested to be read");
        Self { policies, schema, authorizer: Authorizer::new() }
    }

    /// The policies by which that act on the case is permitted.
    fn permits_act(&self, tie: Tie, act: Act, compartment: bool) -> Option<Vec<cedar_policy::PolicyId>> {
        let context = [("compartment".to_owned(), Value::new_bool(compartment))];
        self.permits(tie, <&str>::from(act), uid("Case", "case"), context, &[])
    }

    /// The policies by which it is permitted; nothing where it is not, nor where a policy cannot be evaluated: what it
    /// might have forbidden is not done.
    fn permits(
        &self,
        tie: Tie,
        action: &str,
        resource: EntityUid,
        context: impl IntoIterator<Item = (String, Value)>,
        more: &[Entity],
    ) -> Option<Vec<cedar_policy::PolicyId>> {
        let entities = [holder(tie), case(tie)].into_iter().chain(more.iter().cloned());
        let asked = || {
            let entities = Entities::from_entities(entities, Some(&self.schema)).ok()?;
            let context = Context::from_pairs(context).ok()?;
            let asks = (uid("Holder", "holder"), uid("Action", action), resource);
            let request = Request::new(asks.0, asks.1, asks.2, context, Some(&self.schema)).ok()?;
            Some(self.authorizer.is_authorized(&request, &self.policies, &entities))
        };
        let answer = asked()?;
        let sound = answer.diagnostics().errors().next().is_none();
        let allowed = answer.decision() == cedar_policy::Decision::Allow;
        (sound && allowed).then(|| answer.diagnostics().reason().cloned().collect())
    }

    /// The ground that the first of the policies names.
    fn ground(&self, permits: &[cedar_policy::PolicyId]) -> Option<Ground> {
        permits.iter().find_map(|id| self.policies.policy(id)?.annotation("basis")?.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use cedar_policy::{Effect, ValidationMode, Validator};
    use strum::VariantArray;

    use super::*;

    #[test]
    fn the_policies_keep_to_their_schema() {
        let engine = Engine::new();
        let result = Validator::new(engine.schema.clone()).validate(&engine.policies, ValidationMode::Strict);
        assert!(result.validation_passed_without_warnings(), "{result}");
    }

    #[test]
    fn everything_that_can_be_done_is_an_action_of_the_schema_and_the_other_way_round() {
        let engine = Engine::new();
        let mut known: Vec<String> = engine.schema.actions().map(|action| action.id().unescaped().to_owned()).collect();
        let acts = Act::VARIANTS.iter().map(|act| <&str>::from(act).to_owned());
        let deeds = Deed::VARIANTS.iter().map(|deed| <&str>::from(deed).to_owned());
        let entries = ["read_entry", "repair_entry"].map(str::to_owned);
        let mut ours: Vec<_> = acts.chain(deeds).chain(entries).collect();
        known.sort();
        ours.sort();
        assert_eq!(known, ours);
    }

    #[test]
    fn every_policy_says_what_it_is_for_and_each_that_opens_a_case_on_which_basis() {
        let engine = Engine::new();
        for policy in engine.policies.policies() {
            let said = policy.annotation("id");
            assert!(said.is_some_and(|said| !said.is_empty()), "{policy}");
            let of_entries = policy.to_string().contains("_entry\"");
            if policy.effect() == Effect::Permit && !of_entries {
                let basis = policy.annotation("basis").map(Ground::from_str);
                assert!(matches!(basis, Some(Ok(_))), "{policy}");
            }
        }
    }
}
