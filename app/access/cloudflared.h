// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/access/credential.h"
#include "app/base/result.h"

#include <QFuture>
#include <QObject>
#include <QStringList>
#include <QUrl>

#include <chrono>

namespace vitrine::access {

/// Cloudflare's own program, through which a person signs in to Access in a browser; it keeps what
/// it gets. Run without a shell, and tokens come on its output, never on a command line. Main
/// thread.
class Cloudflared final : public QObject
{
    Q_OBJECT

public:
    /// Its path, as PATH has it; empty where it is not installed.
    static QString find();

    /// \a program may be empty: then every call is Unsupported.
    explicit Cloudflared(QString program = find(), QObject* parent = nullptr);

    /// Ends what it has started.
    ~Cloudflared() override;

    bool isThere() const { return !m_program.isEmpty(); }

    /// Opens a browser at the login of \a gallery and waits until the person is through. Errors:
    /// SignInRequired (they were not let in, or closed it), TimedOut after some minutes,
    /// Unsupported, BadAnswer (what it printed is no token), Cancelled.
    QFuture<Result<PersonToken>> signIn(const QUrl& gallery);

    /// The token for \a gallery that it has from before; asks nobody. Errors: SignInRequired where
    /// there is none or it is over, else as signIn().
    QFuture<Result<PersonToken>> token(const QUrl& gallery);

    /// Ends what it has started: Cancelled.
    void stop();

Q_SIGNALS:
    void stopped();

private:
    QFuture<Result<Secret>> run(const QStringList& arguments, std::chrono::milliseconds patience);

    const QString m_program;
};

} // namespace vitrine::access
