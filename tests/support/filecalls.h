// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>

/// What a test program's own code and its libraries ask of the kernel to make files durable. A
/// program that links filecalls.cpp gets these in place of the C library's fsync, fdatasync and
/// rename: they do the same, and can be watched and made to fail. Any thread.
namespace vitrine::test::filecalls {

struct Call {
    enum class Kind { Sync, Rename } kind = Kind::Sync;
    QString path; ///< what was made durable; what it was renamed to
};

/// Forgets what was seen. From now on the call with that \a number, from 0 on, fails with EIO and
/// does nothing; none if it is negative.
void watch(int failing = -1);
QList<Call> seen();

} // namespace vitrine::test::filecalls
