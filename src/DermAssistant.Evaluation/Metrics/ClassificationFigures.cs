namespace DermAssistant.Evaluation;

/// <summary>The figures of a set of classified photos with their intervals.</summary>
/// <remarks>Depends on the photos, not on the order they come in: they are put in order of their names first.</remarks>
public sealed class ClassificationFigures
{
    private readonly IReadOnlyList<ClassifiedPhoto> _photos;
    private readonly int _classes;
    private readonly int[] _truth;
    private readonly int[] _mostProbable;
    private readonly double[] _confidence;
    private readonly bool[] _inTopThree;
    private readonly bool[] _covered;
    private readonly Auroc[] _aurocs;

    private ClassificationFigures(IReadOnlyList<ClassifiedPhoto> photos, int classes)
    {
        _photos = [.. photos.OrderBy(photo => photo.File, StringComparer.Ordinal).ThenBy(photo => photo.Truth)];
        _classes = classes;
        foreach (var photo in _photos) Check(photo, classes);
        _truth = [.. _photos.Select(photo => photo.Truth)];
        _mostProbable = [.. _photos.Select(photo => Ranked(photo).First())];
        _confidence = [.. _photos.Select((photo, index) => photo.Probabilities[_mostProbable[index]])];
        _inTopThree = [.. _photos.Select(photo => Ranked(photo).Take(3).Contains(photo.Truth))];
        _covered = [.. _photos.Select(photo => photo.PredictionSet.Contains(photo.Truth))];
        _aurocs = [.. Enumerable.Range(0, classes).Select(label => new Auroc([.. _photos.Select(photo => photo.Probabilities[label])], [.. _truth.Select(truth => truth == label)]))];
    }

    /// <summary>Photos the figures rest on.</summary>
    public int N => _photos.Count;

    /// <summary>The figures over all classes.</summary>
    public Figures Overall { get; private set; } = null!;

    /// <summary>The figures of each class, in the order of the classes.</summary>
    public IReadOnlyList<ClassFigures> PerClass { get; private set; } = [];

    /// <summary>95 % bootstrap intervals of <see cref="Overall"/> by name; a figure that is not a number has none.</summary>
    public IReadOnlyDictionary<string, Interval95> Confidence95 { get; private set; } = new Dictionary<string, Interval95>();

    /// <summary>95 % bootstrap intervals of recall and AUROC of each class, in the order of the classes; null where there is no figure.</summary>
    public IReadOnlyList<(Interval95? Recall, Interval95? Auroc)> PerClassConfidence95 { get; private set; } = [];

    /// <summary>How the intervals were made.</summary>
    public Bootstrap Bootstrap { get; private set; } = new();

    /// <summary>Computes all figures.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <exception cref="ArgumentException">There are no photos, or one does not fit the number of classes.</exception>
    public static ClassificationFigures Of(IReadOnlyList<ClassifiedPhoto> photos, int classes, Bootstrap? bootstrap = null, CancellationToken cancellationToken = default)
    {
        if (photos.Count == 0) throw new ArgumentException("There are no photos to compute figures of.", nameof(photos));
        var figures = new ClassificationFigures(photos, classes) { Bootstrap = bootstrap ?? new Bootstrap() };
        var once = new int[photos.Count];
        Array.Fill(once, 1);
        var point = figures.Compute(once);
        figures.Overall = point.Overall;
        figures.PerClass = point.PerClass;
        figures.Resample(cancellationToken);
        return figures;
    }

    private void Resample(CancellationToken cancellationToken)
    {
        var resamples = Bootstrap.Draw(_truth).AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(counts => Compute(counts)).ToList();
        Confidence95 = Overall.Named().Select(figure => figure.Key)
            .Select((name, index) => (name, Interval: Bootstrap.Interval(resamples.Select(resample => resample.Overall.Named().ElementAt(index).Value))))
            .Where(pair => pair.Interval is not null)
            .ToDictionary(pair => pair.name, pair => pair.Interval!.Value);
        PerClassConfidence95 =
        [
            .. Enumerable.Range(0, _classes).Select(label => (
                Bootstrap.Interval(resamples.Select(resample => resample.PerClass[label].Recall ?? double.NaN)),
                Bootstrap.Interval(resamples.Select(resample => resample.PerClass[label].Auroc ?? double.NaN)))),
        ];
    }

    /// <param name="counts">How often each photo counts.</param>
    private (Figures Overall, ClassFigures[] PerClass) Compute(int[] counts)
    {
        var perClass = new int[_classes];
        var found = new int[_classes];
        var mostProbable = new int[_classes];
        int all = 0, correct = 0, topThree = 0, covered = 0, setSizes = 0;
        var calibration = new CalibrationError();
        for (var photo = 0; photo < counts.Length; photo++)
        {
            var count = counts[photo];
            if (count == 0) continue;
            var truth = _truth[photo];
            var right = _mostProbable[photo] == truth;
            all += count;
            perClass[truth] += count;
            if (_photos[photo].EqualDecision == truth) found[truth] += count;
            if (right) (correct, mostProbable[truth]) = (correct + count, mostProbable[truth] + count);
            if (_inTopThree[photo]) topThree += count;
            if (_covered[photo]) covered += count;
            setSizes += count * _photos[photo].PredictionSet.Count;
            calibration.Add(_confidence[photo], right, count);
        }

        var classes = new ClassFigures[_classes];
        for (var label = 0; label < _classes; label++)
        {
            var area = _aurocs[label].Area(counts);
            classes[label] = new ClassFigures(
                perClass[label],
                perClass[label] == 0 ? null : (double)found[label] / perClass[label],
                perClass[label] == 0 ? null : (double)mostProbable[label] / perClass[label],
                double.IsNaN(area) ? null : area);
        }
        var overall = new Figures(
            (double)correct / all, classes.Average(figures => figures.Recall)!.Value, classes.Average(figures => figures.Auroc) ?? double.NaN,
            (double)topThree / all, calibration.Value, (double)covered / all, (double)setSizes / all);
        return (overall, classes);
    }

    /// <summary>Classes by falling probability; of equal ones the first comes first.</summary>
    private static IEnumerable<int> Ranked(ClassifiedPhoto photo) =>
        Enumerable.Range(0, photo.Probabilities.Count).OrderByDescending(label => photo.Probabilities[label]);

    private static void Check(ClassifiedPhoto photo, int classes)
    {
        if (photo.Probabilities.Count != classes)
            throw new ArgumentException($"{photo.File} has {photo.Probabilities.Count} probabilities for {classes} classes.");
        if (photo.Probabilities.Any(probability => !(probability >= 0 && probability <= 1 + 1e-6)))
            throw new ArgumentException($"{photo.File} has a probability outside 0 to 1.");
        if (photo.Truth < 0 || photo.Truth >= classes || photo.EqualDecision < 0 || photo.EqualDecision >= classes || photo.PredictionSet.Any(label => label < 0 || label >= classes))
            throw new ArgumentException($"{photo.File} names a class that is not one of the {classes}.");
    }
}
