// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/accounts/assistantstep.h"

class QLineEdit;
class QPushButton;

namespace vitrine::ui {

/// Asks where the gallery is.
class AddressStep final : public AssistantStep
{
    Q_OBJECT

public:
    explicit AddressStep(QWidget* parent = nullptr);

Q_SIGNALS:
    /// As it was typed.
    void given(const QString& address);
    void cancelled();

private:
    QLineEdit* const m_address;
};

} // namespace vitrine::ui
