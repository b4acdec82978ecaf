//! What pictures are made of: panels below each other on one axis of time.
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use plotters::{
    chart::{ChartBuilder, ChartContext},
    coord::{
        Shift,
        types::{RangedCoordf64, RangedCoordi32},
    },
    prelude::{Cartesian2d, DrawingArea, IntoDrawingArea, PathElement, Rectangle, SVGBackend, Text},
    style::{Color, IntoFont, RGBColor, WHITE},
};

const WIDTH: u32 = 1000;
/// Where the axis begins.
pub const LEFT: u32 = 150;
pub const PRESENT: RGBColor = RGBColor(214, 229, 241);
pub const ABSENT: RGBColor = RGBColor(192, 57, 43);
/// Paler than what is worse, and nothing that looks as if all were well.
pub const AT_RISK: RGBColor = RGBColor(244, 211, 118);
pub const TARDY: RGBColor = RGBColor(230, 145, 56);
pub const UNKNOWN: RGBColor = RGBColor(236, 236, 236);
pub const DONE: RGBColor = RGBColor(46, 125, 107);
pub const LIGHT: RGBColor = RGBColor(190, 222, 213);
pub const INK: RGBColor = RGBColor(52, 62, 72);
pub const RULE: RGBColor = RGBColor(222, 226, 230);

pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub type Chart<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordi32, RangedCoordf64>>;
pub type Drawn<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// One panel: how high it is, in pixels, and how it is drawn.
pub struct Panel<'a> {
    pub height: u32,
    pub draw: Box<dyn Fn(&Area<'_>) -> Drawn + 'a>,
}

impl<'a> Panel<'a> {
    pub fn new(height: u32, draw: impl Fn(&Area<'_>) -> Drawn + 'a) -> Self {
        Self { height, draw: Box::new(draw) }
    }
}

/// Draws panels below each other, as SVG with a title.
pub fn svg(title: &str, panels: &[Panel<'_>]) -> Result<String, String> {
    let height = panels.iter().map(|panel| panel.height).sum();
    let mut text = String::new();
    {
        let mut rest = SVGBackend::with_string(&mut text, (WIDTH, height)).into_drawing_area();
        draw(&mut rest, panels).map_err(|error| error.to_string())?;
    }
    Ok(text.replacen('>', &format!(" role=\"img\" aria-label=\"{title}\"><title>{title}</title>"), 1))
}

fn draw(rest: &mut Area<'_>, panels: &[Panel<'_>]) -> Drawn {
    rest.fill(&WHITE)?;
    for panel in panels {
        let (area, below) = rest.split_vertically(panel.height);
        (panel.draw)(&area)?;
        *rest = below;
    }
    Ok(rest.present()?)
}

/// The days that the axis shows.
#[derive(Debug, Clone, Copy)]
pub struct Axis {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Axis {
    /// The place of a day; what lies outside is at the edge.
    pub fn at(self, day: NaiveDate) -> i32 {
        self.day_of_axis(day.clamp(self.from, self.to))
    }

    /// How many days it lies after the first one, or before.
    pub fn day_of_axis(self, day: NaiveDate) -> i32 {
        i32::try_from((day - self.from).num_days()).unwrap_or_default()
    }

    /// From one edge to the other.
    pub fn edges(self) -> (i32, i32) {
        (-3, self.at(self.to) + 3)
    }

    pub fn days(self) -> RangeInclusive<NaiveDate> {
        self.from..=self.to
    }

    /// A chart of amounts up to `top` over the days.
    pub fn chart<'a>(self, area: &Area<'a>, top: f64) -> Drawn<Chart<'a>> {
        let (left, right) = self.edges();
        Ok(ChartBuilder::on(area).margin_left(LEFT).margin_right(20).build_cartesian_2d(left..right, 0.0..top)?)
    }

    /// A line across at a height.
    pub fn rule(self, y: f64) -> PathElement<(i32, f64)> {
        let (left, right) = self.edges();
        PathElement::new([(left, y), (right, y)], RULE)
    }

    /// The months, below everything.
    pub fn months(self, area: &Area<'_>) -> Drawn {
        let mut chart = self.chart(area, 1.0)?;
        let (left, right) = self.edges();
        chart.draw_series([PathElement::new([(left, 1.0), (right, 1.0)], INK)])?;
        for first in self.from.iter_days().take_while(|day| *day <= self.to).filter(|day| day.day() == 1) {
            let x = self.at(first);
            chart.draw_series([PathElement::new([(x, 0.8), (x, 1.0)], INK)])?;
            if self.at(self.to) - x < 14 {
                continue;
            }
            let text = first.format("%b %Y").to_string();
            chart.draw_series([Text::new(text, (x, 0.7), ("sans-serif", 12).into_font().color(&INK))])?;
        }
        Ok(())
    }
}

/// What a panel shows, left of it.
pub fn label(area: &Area<'_>, text: &str, y: i32) -> Drawn {
    Ok(area.draw(&Text::new(text.to_owned(), (12, y), ("sans-serif", 13).into_font().color(&INK)))?)
}

/// An amount on the scale, right before the axis.
pub fn mark(area: &Area<'_>, text: &str, y: i32) -> Drawn {
    let x = LEFT as i32 - 8 - 8 * text.len() as i32;
    Ok(area.draw(&Text::new(text.to_owned(), (x, y - 7), ("sans-serif", 12).into_font().color(&INK)))?)
}

/// What the colours mean.
pub fn legend(area: &Area<'_>, entries: &[(&str, RGBColor)]) -> Drawn {
    let step = 840 / entries.len().max(1) as i32;
    for (number, (text, colour)) in (0_i32..).zip(entries) {
        let x = LEFT as i32 + number * step.min(130);
        area.draw(&Rectangle::new([(x, 10), (x + 12, 22)], colour.filled()))?;
        area.draw(&Text::new(*text, (x + 18, 9), ("sans-serif", 13).into_font().color(&INK)))?;
    }
    Ok(())
}
