//! Referrals and follow-ups, from the first word to the last.
use application::{Clock, access::Operation};
use chrono::TimeDelta;
use domain::case::*;
use rand::RngExt;
use serde_json::json;
use uuid::Uuid;

use super::{PARTNERS, Story, text, value};

impl Story<'_> {
    pub(super) async fn refer(&mut self, student: u128) -> anyhow::Result<()> {
        let referral = self.any(student, "referral").await?.into();
        let (on, reason, partner) = (self.day(), value(text())?, self.one_of(&PARTNERS));
        match self.dice.random_range(0..11) {
            0 | 1 => {
                let visibility = self.visibility();
                let draft =
                    json!({"partner": partner, "purpose": "mentoring", "reason": text(), "visibility": visibility});
                self.act(student, Operation::DraftReferral, DraftReferral(value(draft)?)).await
            }
            2 | 3 => self.act(student, Operation::RequestReferral, RequestReferral { referral }).await,
            4 => {
                let acceptance = value(json!({}))?;
                self.act(student, Operation::AcceptReferral, AcceptReferral { referral, acceptance }).await
            }
            5 => {
                let rejection = value(json!({"reason": "no_capacity"}))?;
                self.act(student, Operation::RejectReferral, RejectReferral { referral, rejection }).await
            }
            6 => self.act(student, Operation::HoldReferral, HoldReferral { referral, reason }).await,
            7 | 8 => self.act(student, Operation::ResumeReferral, ResumeReferral { referral, reason }).await,
            9 => {
                let forwarding = value(json!({"partner": partner, "reason": text()}))?;
                self.act(student, Operation::ForwardReferral, ForwardReferral { referral, forwarding }).await
            }
            _ => {
                let completion = value(json!({"outcome": "got_help", "on": on}))?;
                self.act(student, Operation::CompleteReferral, CompleteReferral { referral, completion }).await
            }
        }
    }

    pub(super) async fn follow_up(&mut self, student: u128) -> anyhow::Result<()> {
        let follow_up = self.any(student, "follow_up").await?.into();
        let (owner, due) =
            (Uuid::from_u128(self.dice.random_range(1..5)), self.clock.now().date_naive() + TimeDelta::days(3));
        match self.dice.random_range(0..8) {
            0..3 => {
                let visibility = self.visibility();
                let asked = json!({"what": text(), "due": {"on": due}, "owner": owner, "visibility": visibility});
                self.act(student, Operation::RequestFollowUp, RequestFollowUp(value(asked)?)).await
            }
            3 => {
                let reassignment = value(json!({"owner": owner}))?;
                self.act(student, Operation::ReassignFollowUp, ReassignFollowUp { follow_up, reassignment }).await
            }
            4 => {
                let rescheduling = value(json!({"due": {"on": due + TimeDelta::days(4)}, "reason": text()}))?;
                self.act(student, Operation::RescheduleFollowUp, RescheduleFollowUp { follow_up, rescheduling }).await
            }
            5 => {
                let cancellation = value(json!({"reason": "no_longer_needed"}))?;
                self.act(student, Operation::CancelFollowUp, CancelFollowUp { follow_up, cancellation }).await
            }
            _ => {
                let completion = value(json!({"result": text()}))?;
                self.act(student, Operation::CompleteFollowUp, CompleteFollowUp { follow_up, completion }).await
            }
        }
    }
}
