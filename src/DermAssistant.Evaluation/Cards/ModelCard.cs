using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using DermAssistant.Diagnosis;
using DermAssistant.DermLip;

namespace DermAssistant.Evaluation;

/// <summary>The model card of a pack that was trained here.</summary>
public static class ModelCard
{
    public const string FileName = "MODEL_CARD.md";

    /// <summary>Composes the card from what the pack's files say and what was measured.</summary>
    /// <param name="training">The content of the pack's <c>training.json</c>.</param>
    /// <param name="measuredOn">What the figures were measured on, in words.</param>
    public static string Compose(
        PackManifest manifest, LabelSet labels, PackCalibration calibration, JsonObject training, ClassificationResult figures, string measuredOn, RetrievalResult? retrieval = null)
    {
        var text = new StringBuilder();
        Line($"# {manifest.Name}");
        Line("");
        Line($"Pack `{manifest.Id}`, version `{manifest.Version}`. An open_clip-style pair of towers ({manifest.ImageTower}, {manifest.TextTower}) with embeddings of {manifest.EmbeddingDimension} numbers.");
        if (manifest.ImageViews == ImageViews.Dihedral)
            Line("A photo is encoded as the mean over its eight flips and quarter turns, so that a reading does not depend on how the dermatoscope was held.");
        Line("");
        Line("Decision support for professionals and research. Not a medical device.");
        Line("");
        Line("## What it was trained for");
        Line("");
        Line($"To tell {labels.Name} in {labels.Modality ?? "skin"} photos. A label may stand for several conditions:");
        Line("");
        foreach (var label in labels.Labels)
            Line($"- {label.Name} (`{label.Code ?? label.Node.Id}`): {string.Join(", ", label.Covers.Select(node => node.Name))}");
        Line("");
        Line("## What it was not trained for");
        Line("");
        Line($"- Any condition outside these {labels.Labels.Count} labels: such a photo gets one of them, or is refused as outside what the model knows, never its own name.");
        if (labels.Modality == "dermoscopic") Line("- Clinical photos, histology, and pictures of anything but skin under a dermatoscope. They are refused where they are recognised.");
        Line("- Deciding on treatment, or ruling a malignancy out. A low probability is no proof of harmlessness.");
        Line("- People and devices unlike those of its data, whose composition is described in the source below; skin tones are not evenly represented there and no figure by skin tone was measured.");
        Line("- Concepts other than those its captions state; a concept's score was not validated against clinicians' annotations.");
        Line("");
        Line("## Training");
        Line("");
        Line($"Data: {training["data"]}. {training["attribution"]}.");
        Line($"Split by lesion: {training["samples"]!["train"]} photos for training, {training["samples"]!["calibration"]} for calibration, {training["samples"]!["validation"]} for validation; `splits.csv` lists them. Every hyperparameter is in `training.json`.");
        Line("Loss: contrastive image-text loss in which pairs of the same diagnosis are positives, and every photo against one prompt a diagnosis with logits adjusted by the log prior. The weights are an average over the training's last steps. Captions state diagnosis, and as often as not site, age, sex and what is measured in the pixels: colours, asymmetry, border.");
        Line("");
        Line("## Calibration");
        Line("");
        Line($"Fitted on {calibration.FittedOn.Count} photos ({calibration.FittedOn.Split}), {calibration.FittedOn.Date}: temperature {Number(calibration.Temperature)}, a bias a label, prediction sets of {Number(100 * calibration.Conformal.Coverage)} % coverage. A new calibration is needed where the frequencies of the diagnoses differ.");
        Line("");
        Line("## Figures");
        Line("");
        text.Append(ModelCardFigures.Write(figures, measuredOn, retrieval));
        Line("");
        Line("## Licence");
        Line("");
        Line($"Weights, embeddings and metadata: {manifest.Licence}, as the data they come from. The data's photos are not part of the pack.");
        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
