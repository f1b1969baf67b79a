// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <memory>

// Outside of every namespace, as Qt wants it: a resource of a static library has to be asked for.
static void initResource()
{
    Q_INIT_RESOURCE(translations);
}

namespace vitrine {
namespace {

using namespace Qt::StringLiterals;

void install(QCoreApplication& application, const QLocale& locale, const QString& name,
             const QString& directory)
{
    auto translator = std::make_unique<QTranslator>(&application);
    if (translator->load(locale, name, u"_"_s, directory) &&
        QCoreApplication::installTranslator(translator.get()))
        (void)translator.release(); // the application's from now on
}

} // namespace

void installTranslations(QCoreApplication& application, const QLocale& locale)
{
    initResource();
    install(application, locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(application, locale, u"vitrine"_s, u":/translations"_s);
}

} // namespace vitrine
