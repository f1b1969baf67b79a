// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/session/accountsetup.h"
#include "ui/accounts/assistantstep.h"

class QLineEdit;
class QPushButton;

namespace vitrine::ui {

/// Says what is at the address, and asks what to call it and whether to sign in.
class FoundStep final : public AssistantStep
{
    Q_OBJECT

public:
    explicit FoundStep(QWidget* parent = nullptr);

    void describe(const QUrl& url, const session::Found& found);

Q_SIGNALS:
    void backRequested();
    void guestChosen(const QString& name);
    void signInChosen(const QString& name);

private:
    QLineEdit* const m_name;
    QPushButton* m_guest = nullptr;
};

} // namespace vitrine::ui
