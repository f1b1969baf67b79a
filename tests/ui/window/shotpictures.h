// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QStringList>

/// The pictures that vitrine-shots fills its galleries with. What has to be made goes to \a
/// scratch.
namespace vitrine::test {

/// The samples that come with the project, and paintings up to eight in all.
QStringList samples(const QDir& scratch);

/// Other pictures, for a gallery that fills its page: the photographs of Debian's mate-backgrounds,
/// or parts of \a paths where that is not installed.
QStringList others(const QStringList& paths, const QDir& scratch);

/// Pictures that were not shared yet: the bytes of others would be duplicates.
QStringList mirrored(const QStringList& paths, const QDir& scratch);

} // namespace vitrine::test
