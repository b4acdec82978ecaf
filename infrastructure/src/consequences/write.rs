//! Writing down on a case what follows, by the path of any command.
use application::{Error, Order, Receipt, access::Operation};
use domain::{Decide, case::Case, policy::PolicyVersion};
use uuid::Uuid;

use super::{Draw, Found};

/// The names of what is written down, fixed for good.
const NAMES: Uuid = Uuid::from_u128(0x6d0f_5d1e_3b0c_4d5e_9a54_0b1f_73c2_88e1);

impl Draw<'_> {
    /// Carries out what `saying` tells apart on the case as it was found, under `policy`; whether anything was written.
    /// The key follows from the version of the case, so that of two servers that look at once one writes.
    ///
    /// # Errors
    /// [`Error::Stale`] where the case has changed since; then it is to be looked at again.
    pub(super) async fn write(
        &self,
        found: &mut Found,
        (operation, policy): (Operation, &PolicyVersion),
        saying: &str,
        command: impl Decide<Case>,
    ) -> Result<bool, Error> {
        let saying = format!("{operation} {saying} {} {}", found.version, found.student);
        let key = Uuid::new_v5(&NAMES, saying.as_bytes());
        let order = Order {
            canonical: saying.into_bytes(),
            school: Some(found.school),
            if_match: Some(found.version),
            policy: Some(policy.clone()),
            ..Order::new(self.principal.clone(), found.student, operation, key)
        };
        self.carry_out(found, &order, command).await
    }

    /// The same for what the case itself allows only once, whatever else has happened on it since it was found.
    pub(super) async fn write_beside(
        &self,
        found: &mut Found,
        (operation, policy): (Operation, &PolicyVersion),
        saying: &str,
        command: impl Decide<Case>,
    ) -> Result<bool, Error> {
        let order = Order {
            canonical: format!("{operation} {saying} {}", found.student).into_bytes(),
            policy: Some(policy.clone()),
            ..Order::new(self.principal.clone(), found.student, operation, Uuid::now_v7())
        };
        self.carry_out(found, &order, command).await
    }

    async fn carry_out(&self, found: &mut Found, order: &Order, command: impl Decide<Case>) -> Result<bool, Error> {
        match self.commands.execute(order, command).await {
            Ok(Receipt { version, .. }) => Ok(std::mem::replace(&mut found.version, version) < version),
            // The case was closed in between, or is another person's to tell of by now.
            Err(Error::Rejected { .. } | Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
