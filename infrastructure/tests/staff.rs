//! Rights come from staff records, as they are at the moment of asking.
use application::{HeldRole, KeepSigningKey, Staff};
use domain::{Role, SchoolId};
use infrastructure::{
    Database, Limits, NewStaff, PgKeepSigningKey, PgStaff, Source,
    private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase},
};
use uuid::Uuid;

type Tested = anyhow::Result<()>;

const SCHOOL: Uuid = Uuid::from_u128(100);

struct District {
    database: Database,
    staff: PgStaff,
    _fresh: FreshDatabase,
    _postgres: EphemeralPostgres,
}

impl District {
    async fn with_a_school() -> anyhow::Result<Self> {
        let postgres = EphemeralPostgres::start().await?;
        let fresh = postgres.fresh_database().await?;
        let database = Database::open(Source::Url(fresh.url().into()), &Limits::default()).await?;
        let school = "INSERT INTO schools (id, name, short_name, source) VALUES ($1, 'Wren Academy', 'Wren', 'hand')";
        database.pool().get().await?.execute(school, &[&SCHOOL]).await?;
        Ok(Self { staff: PgStaff::new(database.pool().clone()), database, _fresh: fresh, _postgres: postgres })
    }

    async fn enter(&self, role: Role) -> Tested {
        let role = HeldRole { role, school: Some(SchoolId::from(SCHOOL)), partner: None };
        let text = |words: &str| words.try_into().map_err(anyhow::Error::msg);
        let (given_name, family_name) = (text("Rosa")?, text("Diaz")?);
        self.staff.enter(&NewStaff { subject: "rosa".into(), given_name, family_name, role }).await?;
        Ok(())
    }

    async fn roles(&self) -> anyhow::Result<Vec<Role>> {
        let member = self.staff.by_subject("rosa").await?;
        Ok(member.into_iter().flat_map(|member| member.roles).map(|held| held.role).collect())
    }

    async fn run(&self, statement: &str) -> Tested {
        Ok(self.database.pool().get().await?.batch_execute(statement).await?)
    }
}

#[tokio::test]
async fn roles_count_while_they_are_in_force() -> Tested {
    let district = District::with_a_school().await?;
    assert_eq!(district.staff.by_subject("rosa").await?, None);
    for role in [Role::SuccessMentor, Role::SuccessMentor, Role::Principal] {
        district.enter(role).await?;
    }
    assert_eq!(district.roles().await?, [Role::Principal, Role::SuccessMentor]);

    district.run("UPDATE staff_roles SET since = since - 9, until = since WHERE role = 'principal'").await?;
    assert_eq!(district.roles().await?, [Role::SuccessMentor]);

    district.run("UPDATE staff_roles SET since = since + 2").await?;
    assert_eq!(district.roles().await?, []);
    assert!(district.staff.by_subject("rosa").await?.is_some());

    district.run("UPDATE staff SET ended_on = '2020-01-01'").await?;
    assert_eq!(district.staff.by_subject("rosa").await?, None);
    Ok(())
}

#[tokio::test]
async fn a_school_is_found_by_any_of_its_names() -> Tested {
    let district = District::with_a_school().await?;
    for name in ["wren academy", "Wren", &SCHOOL.to_string()] {
        assert_eq!(district.staff.schools(Some(name), 10).await?.len(), 1, "{name}");
    }
    assert!(district.staff.schools(Some("Robin"), 10).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn the_first_signing_key_stays() -> Tested {
    let district = District::with_a_school().await?;
    let keys = PgKeepSigningKey::new(district.database.pool().clone());
    let (a, b) = tokio::try_join!(keys.keep_unless_kept(vec![1]), keys.keep_unless_kept(vec![2]))?;
    assert_eq!(a, b);
    assert_eq!(keys.keep_unless_kept(vec![3]).await?, a);
    Ok(())
}
