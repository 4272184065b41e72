use super::body::{Body, Once, bodies};
use super::offerings::{System, is_runner, system_of};
use super::suggestion::shown;
use super::{Context, declare_check};
use crate::diagnostic::Diagnostic;

declare_check! {
    /// ## What it does
    ///
    /// Finds machine images that cannot start on the resource class beside them: Windows on a class for Linux,
    /// Linux on a class for Windows, an image for GPUs on a class without one.
    ///
    /// ## Why it matters
    ///
    /// CircleCI's compiler accepts the pair; the job then fails before its first step.
    ///
    /// ## How to fix
    ///
    /// Take class and image from the same family:
    ///
    /// ```yaml
    /// machine:
    ///   image: windows-server-2022-gui:current
    /// resource_class: windows.medium
    /// ```
    MISMATCHED_MACHINE_IMAGE = "mismatched-machine-image", Warning, since "0.1.0"; run
}

fn run(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let mut once = Once::default();
    for body in bodies(context) {
        found.extend(finding(&body, &mut once));
    }
}

fn finding(body: &Body<'_>, once: &mut Once) -> Option<Diagnostic> {
    let (image, class) = (body.machine_image()?, body.resource_class()?);
    let (image_text, class_text) = (image.text()?, class.text()?);
    let windows_class = class_text.starts_with("windows.");
    let wanted = match system_of(&image_text)? {
        System::Windows if !windows_class => "a class for Windows, such as `windows.medium`",
        System::Linux | System::LinuxWithGpu if windows_class => "a class for Linux, such as `medium`",
        System::LinuxWithGpu if !class_text.contains("gpu") => {
            "a class with a GPU, such as `gpu.nvidia.medium`"
        }
        _ => return None,
    };
    if is_runner(&class_text) || class_text.contains('$') || !once.first(class.span()) {
        return None;
    }
    let message = format!("image {} does not start on {}", shown(&image_text), shown(&class_text));
    let finding = Diagnostic::warning(MISMATCHED_MACHINE_IMAGE.id, class.span(), message);
    Some(finding.with_related(image.span(), "the image").with_help(format!("It needs {wanted}")))
}
