//! What CircleCI offers to run jobs on: resource classes, machine images, versions of Xcode.
//!
//! Facts of [`DATE`], from CircleCI's list of offerings and its documentation. They change every few weeks, so
//! whoever judges by them says their date and warns only.

use super::body::ExecutorKind;

/// The day these facts were read.
pub(super) const DATE: &str = "2026-07-31";

const DOCKER: &[&str] = &[
    "small",
    "medium",
    "medium+",
    "large",
    "xlarge",
    "2xlarge",
    "2xlarge+",
    "small.gen2",
    "medium.gen2",
    "medium+.gen2",
    "large.gen2",
    "xlarge.gen2",
    "2xlarge.gen2",
    "2xlarge+.gen2",
    "arm.medium",
    "arm.large",
    "arm.xlarge",
    "arm.2xlarge",
];

const MACHINE: &[&str] = &[
    "medium",
    "large",
    "xlarge",
    "2xlarge",
    "2xlarge+",
    "medium.gen2",
    "large.gen2",
    "xlarge.gen2",
    "2xlarge.gen2",
    "2xlarge+.gen2",
    "medium.gen3",
    "large.gen3",
    "xlarge.gen3",
    "2xlarge.gen3",
    "2xlarge+.gen3",
    "arm.medium",
    "arm.large",
    "arm.xlarge",
    "arm.2xlarge",
    "windows.medium",
    "windows.large",
    "windows.xlarge",
    "windows.2xlarge",
    "gpu.nvidia.small",
    "gpu.nvidia.small.gen2",
    "gpu.nvidia.small.multi",
    "gpu.nvidia.medium",
    "gpu.nvidia.medium.multi",
    "gpu.nvidia.large",
    "windows.gpu.nvidia.medium",
];

const MACOS: &[&str] = &["m4pro.medium", "m4pro.large"];

/// Families of machine images that have tags.
const IMAGES: &[&str] = &[
    "ubuntu-2004",
    "ubuntu-2204",
    "ubuntu-2404",
    "ubuntu-2604",
    "android",
    "linux-cuda-11",
    "linux-cuda-12",
    "linux-cuda-13",
];

/// Windows images come in many families (with Visual Studio, with a desktop, with CUDA) of these editions.
const WINDOWS_IMAGES: &[&str] = &["windows-server-2019", "windows-server-2022", "windows-server-2025"];

/// Tags that are no dates.
const TAGS: &[&str] = &["current", "default", "edge", "previous", "stable"];

/// The versions of Xcode, by their first two numbers.
const XCODE: &[&str] = &[
    "14.3", "15.3", "15.4", "16.0", "16.2", "16.3", "16.4", "26.0", "26.1", "26.2", "26.3", "26.4", "26.5",
    "26.6", "27.0",
];

/// The classes for an executor.
pub(super) fn classes(kind: ExecutorKind) -> &'static [&'static str] {
    match kind {
        ExecutorKind::Docker => DOCKER,
        ExecutorKind::Machine => MACHINE,
        ExecutorKind::Macos => MACOS,
    }
}

/// Whether `class` is a self-hosted runner's, `namespace/name`.
pub(super) fn is_runner(class: &str) -> bool {
    class.contains('/')
}

/// What a machine image is an image of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Linux,
    LinuxWithGpu,
    Windows,
}

/// The system of a machine image that is offered; nothing for any other image.
pub(super) fn system_of(image: &str) -> Option<System> {
    if image == "default" {
        return Some(System::Linux);
    }
    let (family, tag) = image.split_once(':')?;
    // Which dated tags are still there changes with every release; nobody judges them here.
    if !TAGS.contains(&tag) && !tag.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if WINDOWS_IMAGES.iter().any(|edition| family.starts_with(edition)) {
        return Some(System::Windows);
    }
    let system = if family.starts_with("linux-cuda") { System::LinuxWithGpu } else { System::Linux };
    IMAGES.contains(&family).then_some(system)
}

/// The families of machine images.
pub(super) fn image_families() -> &'static [&'static str] {
    IMAGES
}

/// Whether there is such an Xcode.
pub(super) fn has_xcode(version: &str) -> bool {
    let mut numbers = version.split('.');
    let major_minor = [numbers.next(), numbers.next()].map(Option::unwrap_or_default).join(".");
    matches!(version, "current" | "edge") || XCODE.contains(&major_minor.as_str())
}

/// The newest Xcode of which the first two numbers are known.
pub(super) fn newest_xcodes() -> impl Iterator<Item = &'static str> {
    XCODE.iter().rev().take(3).copied()
}
