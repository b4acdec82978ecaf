//! Many items turned into columns: one array for each, as set-based statements take them.
use tokio_postgres::types::ToSql;

/// The values of a statement, in its order.
pub type Values<'a> = Vec<&'a (dyn ToSql + Sync)>;

/// Declares a set of columns that is filled from items of one type, and handed over in this order.
macro_rules! columns {
    ($(#[$doc:meta])* $name:ident of |$item:ident: $of:ty| { $($column:ident: $type:ty = $value:expr,)+ }) => {
        $(#[$doc])*
        #[derive(Default)]
        pub struct $name<'a> {
            $($column: Vec<$type>,)+
            item: std::marker::PhantomData<&'a ()>,
        }

        impl<'a> $name<'a> {
            pub fn of(items: impl IntoIterator<Item = &'a $of>) -> Self {
                let mut columns = Self::default();
                for $item in items {
                    $(columns.$column.push($value);)+
                }
                columns
            }

            pub fn values(&self) -> $crate::log::columns::Values<'_> {
                vec![$(&self.$column),+]
            }
        }
    };
}
pub(crate) use columns;
