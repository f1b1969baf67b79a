// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/staging/stagingrow.h"

#include "app/transfer/stagingmodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/common/toggleswitch.h"
#include "ui/staging/stagingpicture.h"
#include "ui/staging/stagingtext.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using transfer::StagingModel;

namespace {

constexpr QSize kSharpSize(132, 92);
constexpr QSize kBlurredSize(92, 92);
constexpr int kAltTextLimit = 2000; // characters; longer ones are no description any more
constexpr int kNameWidth = 280;

} // namespace

StagingRow::StagingRow(QWidget* parent)
    : RowWidget(parent)
    , m_sharp(new StagingPicture(kSharpSize, this))
    , m_blurred(new StagingPicture(kBlurredSize, this))
    , m_name(new TextLabel(this))
    , m_note(new ElidedLabel(this))
    , m_remedy(new QPushButton(this))
    , m_alt(new QLineEdit(this))
    , m_privateLabel(new TextLabel(tr("Private"), this))
    , m_private(new ToggleSwitch(this))
    , m_remove(new QToolButton(this))
{
    m_name->setTextFormat(Qt::PlainText);
    setStyleRole(*m_name, "strong");
    m_note->setElideMode(Qt::ElideRight);
    m_note->setSizePolicy(QSizePolicy::Maximum,
                          QSizePolicy::Preferred); // the remedy stands next to it
    setStyleRole(*m_remedy, "link");
    m_remedy->setAutoDefault(false);
    m_remedy->setCursor(Qt::PointingHandCursor);
    m_alt->setPlaceholderText(tr("Describe this image for people who cannot see it…"));
    m_alt->setMaxLength(kAltTextLimit);
    m_private->setAccessibleName(tr("Private"));
    m_privateLabel->setBuddy(m_private);
    m_remove->setIcon(icon(u"close"_s));
    m_remove->setToolTip(tr("Do not share this one"));
    setStyleRole(*m_remove, "flat");
    buildLayout();
    connectEdits();
}

QList<QWidget*> StagingRow::tabStops() const
{
    return {m_remedy, m_alt, m_private, m_remove};
}

void StagingRow::focusAltText()
{
    m_alt->setFocus(Qt::TabFocusReason);
}

void StagingRow::buildLayout()
{
    auto* head = new QHBoxLayout;
    head->setSpacing(spacing::Medium);
    head->addWidget(m_name);
    head->addWidget(m_note);
    head->addWidget(m_remedy);
    head->addStretch();

    auto* words = new QVBoxLayout;
    words->setSpacing(spacing::Small);
    words->addStretch();
    words->addLayout(head);
    words->addWidget(m_alt);
    words->addStretch();

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, spacing::Medium, 0, spacing::Medium + 1);
    row->setSpacing(spacing::Medium);
    row->addWidget(m_sharp);
    row->addWidget(m_blurred);
    row->addSpacing(spacing::Tight);
    row->addLayout(words, 1);
    row->addSpacing(spacing::Tight);
    row->addWidget(m_privateLabel);
    row->addWidget(m_private);
    row->addSpacing(spacing::Tight);
    row->addWidget(m_remove);
}

void StagingRow::connectEdits()
{
    connect(m_alt, &QLineEdit::textEdited, this,
            [this](const QString& text) { setValue(text, StagingModel::AltRole); });
    connect(m_alt, &QLineEdit::returnPressed, this, [this] { Q_EMIT finished(index().row()); });
    connect(m_private, &ToggleSwitch::clicked, this,
            [this](bool on) { setValue(on, StagingModel::IsPrivateRole); });
    connect(m_remedy, &QPushButton::clicked, this, [this] {
        setValue(!index().data(StagingModel::IsRemediedRole).toBool(),
                 StagingModel::IsRemediedRole);
    });
    connect(m_remove, &QToolButton::clicked, this, [this] {
        const QModelIndex row = index();
        if (row.isValid())
            const_cast<QAbstractItemModel*>(row.model())->removeRow(row.row());
    });
}

void StagingRow::setValue(const QVariant& value, int role)
{
    const QModelIndex row = index();
    if (row.isValid())
        const_cast<QAbstractItemModel*>(row.model())->setData(row, value, role);
}

void StagingRow::refresh(bool isOther)
{
    const bool hasProblem = isHopeless(index());
    const bool isPrivate = index().data(StagingModel::IsPrivateRole).toBool();
    for (QWidget* editor : std::initializer_list<QWidget*>{m_alt, m_private, m_privateLabel})
        editor->setVisible(!hasProblem);
    m_private->setChecked(isPrivate);
    refreshPictures(isPrivate, hasProblem);
    refreshWords();
    refreshNote();
    refreshAltText(isOther);
}

void StagingRow::refreshPictures(bool isPrivate, bool hasProblem)
{
    m_sharp->setPicture(index().data(StagingModel::ThumbnailRole).value<QImage>());
    m_sharp->setBadge(hasProblem ? u"warning"_s : QString());
    m_blurred->setPicture(index().data(StagingModel::BlurredRole).value<QImage>());
    m_blurred->setDimmed(!isPrivate);
    m_blurred->setBadge(isPrivate && !hasProblem ? u"lock"_s : QString());
    m_blurred->setToolTip(isPrivate ? tr("As others see it")
                                    : tr("As others would see it if it were private"));
    m_blurred->setAccessibleName(m_blurred->toolTip());
    // Its room stays, so that the words of all rows stand in one line.
    QSizePolicy policy = m_blurred->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_blurred->setSizePolicy(policy);
    m_blurred->setVisible(!hasProblem);
}

void StagingRow::refreshWords()
{
    const QString name = index().data(StagingModel::NameRole).toString();
    m_name->setText(m_name->fontMetrics().elidedText(name, Qt::ElideMiddle, kNameWidth));
    m_name->setToolTip(m_name->text() == name ? QString() : name.toHtmlEscaped());
    m_alt->setAccessibleName(tr("Description of %1").arg(name));
    m_private->setAccessibleDescription(name);
    m_remedy->setAccessibleDescription(name);
    m_remove->setAccessibleName(tr("Do not share %1").arg(name));
}

void StagingRow::refreshNote()
{
    const StagingNote note = stagingNote(index());
    m_note->setText(note.text);
    m_remedy->setText(note.remedy);
    m_remedy->setVisible(!note.remedy.isEmpty());
    const char* role = note.isProblem ? "danger" : "muted";
    if (m_note->property("role").toByteArray() != role)
        setStyleRole(*m_note, role);
}

void StagingRow::refreshAltText(bool isOther)
{
    const QString alt = index().data(StagingModel::AltRole).toString();
    if (m_alt->text() == alt)
        return;
    m_alt->setText(alt);
    if (isOther)
        m_alt->setCursorPosition(0);
}

void StagingRow::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(0, height() - 1, width(), 1, Colors::of(palette()).line);
}

} // namespace vitrine::ui
