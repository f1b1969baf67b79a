// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;
class QLocale;

namespace vitrine {

/// From now on tr() speaks the language of \a locale, as far as translations/ has it; else English.
/// Qt's own words follow. To be called once, before the first sentence; main thread.
void installTranslations(QCoreApplication& application, const QLocale& locale);

} // namespace vitrine
