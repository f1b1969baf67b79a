// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace vitrine::test {

/// The disk below SQLite, of which one call can be made to fail: opening, reading, writing, syncing
/// or cutting off a file whose path contains a given text, or mapping the memory that processes
/// share. From any thread; one at a time, for all databases that are opened while it lives.
class FailingVfs
{
public:
    explicit FailingVfs(const QByteArray& part);
    ~FailingVfs();
    FailingVfs(const FailingVfs&) = delete;
    FailingVfs& operator=(const FailingVfs&) = delete;

    /// The call number \a call from now on fails, counted from 1; those after it succeed. 0: none.
    void failAt(int call);
    /// In place of failing, that call ends this process, as SIGKILL does.
    void killAt(int call);
    /// Whether that call has come.
    bool hasFailed() const;
};

} // namespace vitrine::test
