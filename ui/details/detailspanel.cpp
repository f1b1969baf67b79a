// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/detailspanel.h"

#include "app/gallery/gallerymodel.h"
#include "ui/common/elidedlabel.h"
#include "ui/common/icons.h"
#include "ui/common/textlabel.h"
#include "ui/common/theme.h"
#include "ui/common/toggleswitch.h"
#include "ui/details/alteditor.h"
#include "ui/details/factsview.h"
#include "ui/details/picturepreview.h"
#include "ui/details/selectionsummary.h"
#include "ui/gallery/shownroles.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace vitrine::ui {

using namespace Qt::StringLiterals;
using Role = gallery::GalleryModel::Role;
using Images = QList<protocol::Image>;

DetailsPanel::DetailsPanel(QWidget* parent) : QScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Details"));
    build();
    showSelection();
}

// --- making it

void DetailsPanel::build()
{
    auto* page = new QWidget(this);
    m_nothing = new QLabel(tr("Select a picture to see and change its details."), page);
    m_nothing->setWordWrap(true);
    m_nothing->setAlignment(Qt::AlignCenter);
    setStyleRole(*m_nothing, "muted");
    m_content = new QWidget(page);
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(spacing::Large, spacing::Large, spacing::Large, spacing::Large);
    pageLayout->addWidget(m_nothing, 1);
    pageLayout->addWidget(m_content, 1);
    buildContent();
    layOutContent();
    setWidget(page);
    connect(m_alt, &AltEditor::committed, this, &DetailsPanel::commitAlt);
    connect(m_alt, &AltEditor::done, this, &DetailsPanel::altEditDone);
    connect(m_asOthersButton, &QPushButton::toggled, this, &DetailsPanel::setAsOthers);
}

void DetailsPanel::buildContent()
{
    m_picture = new PicturePreview(m_content);
    m_name = new ElidedLabel(m_content);
    m_name->setFont(titleFont(font()));
    m_alt = new AltEditor(m_content);
    m_alt->setAccessibleName(tr("Alt text"));
    m_facts = new FactsView(m_content);
    m_reason = new TextLabel(m_content);
    m_reason->setWordWrap(true);
    m_reason->setTextFormat(Qt::PlainText);
    setStyleRole(*m_reason, "muted");
    m_asOthersButton = new QPushButton(icon(u"eye"_s), tr("See it as others do"), m_content);
    m_asOthersButton->setCheckable(true);
}

void DetailsPanel::layOutContent()
{
    auto* altLabel = new TextLabel(tr("Alt text"), m_content);
    setStyleRole(*altLabel, "muted");
    altLabel->setBuddy(m_alt);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_picture);
    layout->addSpacing(spacing::Medium);
    layout->addWidget(m_name);
    layout->addSpacing(spacing::Small);
    layout->addWidget(m_reason);
    layout->addSpacing(spacing::Small);
    layout->addWidget(altLabel);
    layout->addSpacing(spacing::Tight);
    layout->addWidget(m_alt);
    layout->addSpacing(spacing::Medium);
    layout->addWidget(buildPrivacyRow());
    layout->addSpacing(spacing::Medium);
    layout->addWidget(m_asOthersButton);
    layout->addSpacing(spacing::Large);
    layout->addWidget(m_facts);
    layout->addStretch();
    layout->addSpacing(spacing::Large);
    layout->addWidget(buildButtons());
}

QWidget* DetailsPanel::buildPrivacyRow()
{
    auto* box = new QWidget(m_content);
    auto* label = new TextLabel(tr("Private"), box);
    m_private = new ToggleSwitch(box);
    m_private->setAccessibleName(tr("Private"));
    label->setBuddy(m_private);
    m_privacyNote = new TextLabel(box);
    m_privacyNote->setWordWrap(true);
    setStyleRole(*m_privacyNote, "muted");

    auto* row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(m_private);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::Tight);
    layout->addLayout(row);
    layout->addWidget(m_privacyNote);
    connect(m_private, &ToggleSwitch::clicked, this,
            [this](bool on) { Q_EMIT privacyToggled(ids(), on); });
    return box;
}

QWidget* DetailsPanel::buildButtons()
{
    auto* box = new QWidget(m_content);
    m_download = new QPushButton(icon(u"download"_s), tr("Download"), box);
    m_delete = new QPushButton(icon(u"trash"_s), tr("Delete"), box);
    m_download->setToolTip(tr("The high-res copy, up to 2000 pixels wide or high (D)"));
    m_original = new QPushButton(tr("Download the original"), box);
    m_original->setToolTip(tr("The file as it was shared (Shift+D)"));
    m_original->setFlat(true);
    m_zip = new QPushButton(tr("Download as zip…"), box);
    m_zip->setToolTip(tr("The high-res copies in one file"));
    m_zip->setFlat(true);
    auto* layout = new QGridLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::Small);
    layout->addWidget(m_download, 0, 0);
    layout->addWidget(m_delete, 0, 1);
    layout->addWidget(m_original, 1, 0, 1, 2);
    layout->addWidget(m_zip, 2, 0, 1, 2);
    connect(m_download, &QPushButton::clicked, this, [this] { Q_EMIT downloadRequested(ids()); });
    connect(m_original, &QPushButton::clicked, this, [this] { Q_EMIT originalRequested(ids()); });
    connect(m_zip, &QPushButton::clicked, this, [this] { Q_EMIT zipRequested(ids()); });
    connect(m_delete, &QPushButton::clicked, this, [this] { Q_EMIT deleteRequested(ids()); });
    return box;
}

// --- what it is told

void DetailsPanel::setSelection(const QModelIndexList& selection)
{
    QStringList incoming;
    for (const QModelIndex& index : selection)
        incoming.append(index.data(Role::IdRole).toString());
    if (incoming != m_editedIds)
        commitAlt();
    m_selection = {selection.cbegin(), selection.cend()};
    connectModel(selection.isEmpty() ? nullptr : selection.first().model());
    showSelection();
}

void DetailsPanel::connectModel(const QAbstractItemModel* model)
{
    if (m_model == model)
        return;
    if (m_model != nullptr)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    if (model == nullptr)
        return;
    connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) {
                const auto touched = [&](const QPersistentModelIndex& index) {
                    return index.row() >= first.row() && index.row() <= last.row();
                };
                if (std::any_of(m_selection.cbegin(), m_selection.cend(), touched))
                    showSelection();
            });
    connect(model, &QAbstractItemModel::rowsRemoved, this, &DetailsPanel::showSelection);
    connect(model, &QAbstractItemModel::modelReset, this, &DetailsPanel::showSelection);
}

void DetailsPanel::setAbilities(const Abilities& abilities)
{
    m_abilities = abilities;
    updateAvailability();
}

void DetailsPanel::setHidePrivate(bool hide)
{
    m_hidePrivate = hide;
    showSelection();
}

void DetailsPanel::setCanDownload(bool can)
{
    m_canDownload = can;
    updateAvailability();
}

void DetailsPanel::setAsOthers(bool asOthers)
{
    if (m_asOthers == asOthers)
        return;
    m_asOthers = asOthers;
    m_asOthersButton->setChecked(asOthers);
    showSelection();
    Q_EMIT asOthersToggled(asOthers);
}

void DetailsPanel::editAlt()
{
    ensureWidgetVisible(m_alt);
    m_alt->setFocus(Qt::ShortcutFocusReason);
    m_alt->selectAll();
}

void DetailsPanel::commitAlt()
{
    if (m_editedIds.isEmpty() || m_alt->isReadOnly() || !m_alt->isChanged())
        return;
    const QString text = m_alt->text();
    m_alt->setCommitted(text);
    Q_EMIT altEdited(m_editedIds, text);
}

QStringList DetailsPanel::ids() const
{
    QStringList result;
    for (const QPersistentModelIndex& index : m_selection) {
        if (index.isValid())
            result.append(index.data(Role::IdRole).toString());
    }
    return result;
}

Images DetailsPanel::images() const
{
    Images result;
    for (const QPersistentModelIndex& index : m_selection) {
        if (index.isValid())
            result.append(index.data(Role::ImageRole).value<protocol::Image>());
    }
    return result;
}

int DetailsPanel::unsentCount() const
{
    return int(std::count_if(m_selection.cbegin(), m_selection.cend(), [](const auto& index) {
        return isPendingUpload(index.data(UnsentRole).template value<Unsent>());
    }));
}

// --- what it shows

void DetailsPanel::showSelection()
{
    const Images shown = images();
    m_nothing->setVisible(shown.isEmpty());
    m_content->setVisible(!shown.isEmpty());
    if (shown.isEmpty())
        return;
    const int unsent = unsentCount();
    m_isAnyShared = unsent < shown.size();
    const SelectionSummary summary = summaryOf(shown, unsent, m_asOthers || m_hidePrivate);
    m_name->setText(summary.headline);
    showPicture(shown);
    showAlt(summary);
    m_private->setChecked(summary.areAllPrivate);
    m_private->setMixed(summary.isPrivacyMixed);
    m_privacyNote->setText(summary.privacyNote);
    m_facts->setFacts(summary.facts);
    updateAvailability();
}

void DetailsPanel::showPicture(const Images& images)
{
    QList<PicturePreview::Picture> pictures;
    for (const QPersistentModelIndex& index : m_selection) {
        if (!index.isValid())
            continue;
        PicturePreview::Picture picture;
        picture.isPrivate = index.data(Role::IsPrivateRole).toBool();
        picture.frosted = picture.isPrivate && (m_asOthers || m_hidePrivate);
        const Role role = picture.frosted ? Role::BlurredPreviewRole : Role::SharpPreviewRole;
        picture.image = index.data(role).value<QImage>();
        if (picture.image.isNull())
            picture.image = index.data(Role::PlaceholderRole).value<QImage>();
        picture.shape = index.data(Role::SizeRole).toSize();
        pictures.append(picture);
        if (pictures.size() == 4)
            break;
    }
    m_picture->setPictures(pictures);
    m_picture->setAccessibleName(images.size() == 1 ? images.first().alt : QString());
}

void DetailsPanel::showAlt(const SelectionSummary& summary)
{
    const QStringList now = ids();
    if (now == m_editedIds && m_alt->isChanged())
        return; // somebody is writing
    m_editedIds = now;
    m_alt->setCommitted(summary.alt);
    m_alt->setPlaceholderText(summary.hasOneAlt
                                  ? tr("Describe this image for people who cannot see it…")
                                  : tr("Different texts. Write here to replace them all."));
}

void DetailsPanel::updateAvailability()
{
    const Abilities abilities = m_isAnyShared ? m_abilities : Abilities();
    const bool canEdit = abilities.noEdits.isEmpty();
    QStringList reasons{abilities.noEdits, abilities.noDeleting};
    reasons.removeAll(QString());
    reasons.removeDuplicates();
    m_reason->setText(reasons.join(u' '));
    m_reason->setVisible(!reasons.isEmpty());
    m_alt->setReadOnly(!canEdit);
    m_alt->setEnabled(canEdit);
    m_private->setEnabled(canEdit);
    m_private->setToolTip(abilities.noEdits);
    m_delete->setEnabled(abilities.noDeleting.isEmpty());
    m_delete->setToolTip(abilities.noDeleting);
    m_download->setEnabled(m_canDownload && m_isAnyShared);
    m_original->setEnabled(m_download->isEnabled());
    m_original->setVisible(m_abilities.noOriginal.isEmpty());
    m_zip->setEnabled(m_download->isEnabled());
    m_zip->setVisible(m_selection.size() > 1);
}

} // namespace vitrine::ui
