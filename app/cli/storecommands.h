// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/backend/inspection.h"
#include "app/cli/command.h"

namespace vitrine::cli {

/// vitrinectl backup: a copy of the backend's data, which may be in use meanwhile. Blocks.
class BackupCommand final : public Command
{
    Q_OBJECT

public:
    BackupCommand(const Output& output, BackupArguments arguments, QString defaultData);

    void run() override;

private:
    const BackupArguments m_arguments;
    const QString m_data;
};

/// vitrinectl check: holds every byte of the backend's data against its hash. Blocks.
class CheckCommand final : public Command
{
    Q_OBJECT

public:
    CheckCommand(const Output& output, const CheckArguments& arguments, QString defaultData);

    void run() override;

private:
    static QString summary(const backend::Inspection& checked);
    void tell(const backend::Finding& finding) const;
    QString sentence(const backend::Finding& finding) const;

    const QString m_data;
};

} // namespace vitrine::cli
