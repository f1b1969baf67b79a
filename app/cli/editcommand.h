// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

#include <QHash>

namespace vitrine::cli {

/// What set and delete share: one act of the outbox for each id, reported when it has ended.
class ActCommand : public SessionCommand
{
    Q_OBJECT

public:
    ActCommand(const Output& output, std::unique_ptr<session::Session> session, QStringList ids);

protected:
    void begin() final;

    /// Hands the act on one image to the outbox; gives its key.
    virtual QFuture<Result<QString>> act(const protocol::Image& image) = 0;
    /// Prints what became of it.
    virtual void report(const transfer::Transfer& transfer) = 0;

private:
    void follow(const QString& key);
    void count(bool isOk);

    const QStringList m_ids;
    QSet<QString> m_pending; // keys
    Tally m_tally;
};

/// vitrinectl set: alt text and privacy.
class SetCommand final : public ActCommand
{
    Q_OBJECT

public:
    SetCommand(const Output& output, std::unique_ptr<session::Session> session,
               const SetArguments& arguments);

protected:
    QFuture<Result<QString>> act(const protocol::Image& image) override;
    void report(const transfer::Transfer& transfer) override;

private:
    const protocol::ImagePatch m_patch;
};

/// vitrinectl delete.
class DeleteCommand final : public ActCommand
{
    Q_OBJECT

public:
    DeleteCommand(const Output& output, std::unique_ptr<session::Session> session,
                  const DeleteArguments& arguments);

protected:
    QFuture<Result<QString>> act(const protocol::Image& image) override;
    void report(const transfer::Transfer& transfer) override;
};

} // namespace vitrine::cli
