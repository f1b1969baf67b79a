// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vitrine::ui {

/// Makes a GalleryView a list of named pictures to assistive technology; Qt by itself sees only a
/// scroll area in it. May be called any number of times.
void installGalleryAccessibility();

} // namespace vitrine::ui
