// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/settings/speedlimitsdialog.h"

#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/common/toggleswitch.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QSpinBox>
#include <QVBoxLayout>

namespace vitrine::ui {
namespace {

constexpr int kLeastWidth = 440;
constexpr int kKilo = 1'000;
constexpr int kSlowest = 10; // kB/s; slower than that no listing comes in time
constexpr int kFastest = 1'000'000;
constexpr int kOffered = 500;

qint64 limitIn(const ToggleSwitch& isLimited, const QSpinBox& rate)
{
    return isLimited.isChecked() ? qint64(rate.value()) * kKilo : 0;
}

} // namespace

SpeedLimitsDialog::SpeedLimitsDialog(const SpeedLimits& now, const QString& account,
                                     QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Speed limits"));
    auto* intro = new TextLabel(tr("How much of your line “%1” may take.").arg(account), this);
    auto* hint = new TextLabel(tr("The pictures that the gallery shows are downloads, too."), this);
    setStyleRole(*hint, "muted");
    for (auto* words : {intro, hint})
        words->setWordWrap(true);
    auto* rows = new QGridLayout;
    rows->setSpacing(spacing::Medium);
    rows->setColumnStretch(1, 1);
    m_up = addRow(*rows, tr("Limit uploads to"), now.up);
    m_down = addRow(*rows, tr("Limit downloads to"), now.down);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::Wide, spacing::Wide, spacing::Wide, spacing::Wide);
    layout->setSpacing(spacing::Large);
    layout->addWidget(intro);
    layout->addLayout(rows);
    layout->addWidget(hint);
    layout->addStretch();
    layout->addWidget(buttons);
    setMinimumWidth(kLeastWidth);
}

// A number that is being typed counts once the dialog is put away, but not when its window goes:
// then there is nobody left to tell.
SpeedLimitsDialog::~SpeedLimitsDialog()
{
    for (const QSpinBox* rate : {m_up.rate, m_down.rate})
        rate->disconnect(this);
}

SpeedLimitsDialog::Row SpeedLimitsDialog::addRow(QGridLayout& rows, const QString& name,
                                                 qint64 limit)
{
    auto* label = new TextLabel(name, this);
    const Row row{new ToggleSwitch(this), new QSpinBox(this)};
    label->setBuddy(row.isLimited);
    row.isLimited->setAccessibleName(name);
    row.isLimited->setChecked(limit > 0);
    row.rate->setRange(kSlowest, kFastest);
    row.rate->setValue(limit > 0 ? int(limit / kKilo) : kOffered);
    row.rate->setSingleStep(kOffered / 10);
    row.rate->setGroupSeparatorShown(true);
    row.rate->setKeyboardTracking(false);
    row.rate->setSuffix(tr(" kB/s"));
    row.rate->setAccessibleName(name);
    row.rate->setEnabled(limit > 0);
    row.rate->setButtonSymbols(QAbstractSpinBox::NoButtons); // the arrow keys step
    row.rate->setAlignment(Qt::AlignRight);
    connect(row.isLimited, &ToggleSwitch::toggled, row.rate, &QWidget::setEnabled);
    connect(row.isLimited, &ToggleSwitch::toggled, this, &SpeedLimitsDialog::tellChange);
    connect(row.rate, &QSpinBox::valueChanged, this, &SpeedLimitsDialog::tellChange);
    const int at = rows.rowCount();
    rows.addWidget(row.isLimited, at, 0);
    rows.addWidget(label, at, 1);
    rows.addWidget(row.rate, at, 2);
    return row;
}

void SpeedLimitsDialog::tellChange()
{
    Q_EMIT changed(
        {limitIn(*m_up.isLimited, *m_up.rate), limitIn(*m_down.isLimited, *m_down.rate)});
}

} // namespace vitrine::ui
