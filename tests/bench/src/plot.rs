//! Plots of what things cost as something grows.
use std::path::Path;

use anyhow::{Context, anyhow};
use plotters::{
    chart::ChartBuilder,
    prelude::{Circle, IntoDrawingArea, IntoLogRange, LineSeries, SVGBackend},
    style::{Color, RGBColor, WHITE},
};

const LINE: RGBColor = RGBColor(31, 97, 141);

/// Milliseconds over something that grows by powers of ten.
pub struct Curve {
    /// What is measured.
    pub title: &'static str,
    /// What grows.
    pub across: &'static str,
    /// Its size, and the median time.
    pub points: Vec<(f64, f64)>,
}

/// Draws `curve` into an SVG file of the directory that is meant for it, if one is.
pub fn plot(directory: Option<&Path>, name: &str, curve: &Curve) -> anyhow::Result<()> {
    let Some(file) = directory.map(|directory| directory.join(name)) else { return Ok(()) };
    let file = file.as_path();
    let wrong = |error: &dyn std::fmt::Display| anyhow!("{}: {error}", file.display());
    let (first, last) = curve.points.first().zip(curve.points.last()).context("a curve has points")?;
    let highest = curve.points.iter().map(|&(_, time)| time).fold(0.0, f64::max);
    let area = SVGBackend::new(file, (720, 360)).into_drawing_area();
    area.fill(&WHITE).map_err(|error| wrong(&error))?;
    let mut chart = ChartBuilder::on(&area)
        .caption(curve.title, ("sans-serif", 20))
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(64)
        .build_cartesian_2d((first.0 / 1.3..last.0 * 1.3).log_scale(), 0.0..highest * 1.25)
        .map_err(|error| wrong(&error))?;
    chart
        .configure_mesh()
        .x_desc(curve.across)
        .y_desc("median time, ms")
        .x_label_formatter(&|size| grouped(*size))
        .y_label_formatter(&|time| if highest < 8.0 { format!("{time:.1}") } else { format!("{time:.0}") })
        .label_style(("sans-serif", 13))
        .max_light_lines(0)
        .draw()
        .map_err(|error| wrong(&error))?;
    let line = LineSeries::new(curve.points.iter().copied(), LINE.stroke_width(2));
    chart.draw_series(line).map_err(|error| wrong(&error))?;
    let dots = curve.points.iter().map(|&point| Circle::new(point, 4, LINE.filled()));
    chart.draw_series(dots).map_err(|error| wrong(&error))?;
    area.present().map_err(|error| wrong(&error))
}

/// 1100000 → 1,100,000
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}
