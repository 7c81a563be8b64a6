namespace DermAssistant.Diagnosis;

/// <summary>Fits what photos a pack knows.</summary>
/// <remarks>
/// Three tests, each with a limit: the distance of the pixel description from the cloud of known photos (loose: it catches what is like nothing
/// seen before), a logistic border between known photos and foreign pictures (close: it catches other photos of skin), and the distance of
/// the embedding from those of known photos. The limits are set so that the stated share of calibration photos lies beyond any.
/// </remarks>
internal static class DomainFit
{
    private const int MadeUpCount = 400;
    private const double Penalty = 0.01;

    /// <summary>How much farther than all but one in a thousand known photos a picture must lie to be refused for its distance alone.</summary>
    private const double DistanceSlack = 3.25;

    private const int EnoughKnown = 500;
    private const int Folds = 5;
    private const int FewestOfALabel = 10;

    /// <summary>The part of the refusals that the embedding may cause.</summary>
    private const double EmbeddingPart = 1.0 / 3;

    public static DomainCalibration Fit(CalibrationSet set, string modality, double refusedKnown, CancellationToken cancellationToken)
    {
        var judged = set.Photos.Select(photo => photo.Features).ToList();
        // Limits are honest on photos the statistics are not of, where there are enough others to take them of.
        var known = set.Known.Count >= EnoughKnown ? set.Known : [.. set.Known, .. judged];
        var descriptions = known.SelectMany(photo => photo.Descriptions).ToList();
        var (mean, scale) = Moments(descriptions);
        var rows = descriptions.ConvertAll(description => PixelDomain.Standardize(description, mean, scale));
        var cloud = Gaussian.Fit(rows, new int[rows.Count]);
        cancellationToken.ThrowIfCancellationRequested();
        var madeUp = MadeUpPictures.Draw(MadeUpCount).Select(picture => PixelDomain.Standardize(PixelDescriptor.Describe(picture), mean, scale)).ToList();

        var embeddings = EmbeddingCloud(set.Photos);
        var embeddingDistances = HeldOutDistances(set.Photos);
        var embeddingLimit = Quantile(embeddingDistances, 1 - (refusedKnown * EmbeddingPart));

        var all = Border(set.Foreign);
        var (pixelLimit, weightLimit) = Limits(all);
        bool Refused(PixelDomain domain, PhotoFeatures photo, double distanceLimit, double borderLimit) =>
            domain.Distance(photo.Descriptions[0]) > distanceLimit
            || domain.Foreignness(photo.Descriptions[0]) > borderLimit
            || embeddings.Distance(Wide(photo.Embedding)) > embeddingLimit;

        return new DomainCalibration(
            PixelDescriptor.Version, modality, mean, scale, cloud.Pack(), pixelLimit, all.Weights, weightLimit,
            embeddings.Pack(), embeddingLimit, known.Count, set.Foreign.Count,
            KnownRefused(),
            ForeignRefused());

        (PixelDomain Domain, double[] Weights) Border(IReadOnlyList<PhotoFeatures> foreign)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var given = foreign.SelectMany(photo => photo.Descriptions).Select(d => PixelDomain.Standardize(d, mean, scale)).ToList();
            List<BorderGroup> groups = given.Count == 0
                ? [new(rows, false, 0.5), new(madeUp, true, 0.5)]
                : [new(rows, false, 0.5), new(given, true, 0.3), new(madeUp, true, 0.2)];
            var weights = LogisticBorder.Fit(groups, Penalty);
            return (new PixelDomain(mean, scale, cloud, weights), weights);
        }

        (double Distance, double Weight) Limits((PixelDomain Domain, double[] Weights) border)
        {
            var distances = judged.ConvertAll(photo => border.Domain.Distance(photo.Descriptions[0]));
            var limit = DistanceSlack * Quantile(distances, 0.999);
            // Photos the embedding refuses already use up their part of the refusals.
            var left = Enumerable.Range(0, judged.Count).Where(i => embeddingDistances[i] <= embeddingLimit)
                .Select(i => border.Domain.Foreignness(judged[i].Descriptions[0])).ToList();
            var allowed = Math.Max(0, (refusedKnown * judged.Count) - (judged.Count - left.Count));
            return (limit, Quantile(left, 1 - (allowed / left.Count)));
        }

        double KnownRefused() => (double)Enumerable.Range(0, judged.Count).Count(i =>
            embeddingDistances[i] > embeddingLimit
            || all.Domain.Distance(judged[i].Descriptions[0]) > pixelLimit
            || all.Domain.Foreignness(judged[i].Descriptions[0]) > weightLimit) / judged.Count;

        double? ForeignRefused()
        {
            if (set.Foreign.Count < 4) return null;
            var refused = 0;
            for (var half = 0; half < 2; half++)
            {
                var border = Border([.. set.Foreign.Where((_, i) => i % 2 != half)]);
                var (distanceLimit, borderLimit) = Limits(border);
                refused += set.Foreign.Where((_, i) => i % 2 == half).Count(photo => Refused(border.Domain, photo, distanceLimit, borderLimit));
            }
            return (double)refused / set.Foreign.Count;
        }
    }

    /// <summary>The distance of every photo from the cloud of the photos of other folds: from its own cloud it would seem too near.</summary>
    private static List<double> HeldOutDistances(IReadOnlyList<LabelledPhoto> photos)
    {
        var clouds = Enumerable.Range(0, Folds).Select(fold => EmbeddingCloud([.. photos.Where((_, i) => i % Folds != fold)])).ToArray();
        return [.. photos.Select((photo, i) => clouds[i % Folds].Distance(Wide(photo.Features.Embedding)))];
    }

    /// <summary>Around the centre of each label; labels with too few photos for a centre of their own share one.</summary>
    private static Gaussian EmbeddingCloud(IReadOnlyList<LabelledPhoto> photos)
    {
        var counts = photos.GroupBy(photo => photo.Label).ToDictionary(group => group.Key, group => group.Count());
        return Gaussian.Fit(
            [.. photos.Select(photo => Wide(photo.Features.Embedding))],
            [.. photos.Select(photo => counts[photo.Label] < FewestOfALabel ? -1 : photo.Label)]);
    }

    private static double[] Wide(float[] embedding) => Array.ConvertAll(embedding, value => (double)value);

    private static (double[] Mean, double[] Scale) Moments(List<double[]> rows)
    {
        double[] mean = new double[rows[0].Length], scale = new double[rows[0].Length];
        foreach (var row in rows)
            for (var i = 0; i < mean.Length; i++) mean[i] += row[i] / rows.Count;
        foreach (var row in rows)
            for (var i = 0; i < mean.Length; i++) scale[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / rows.Count;
        for (var i = 0; i < mean.Length; i++) scale[i] = Math.Sqrt(scale[i]) + 1e-3;
        return (mean, scale);
    }

    /// <summary>The smallest value that at least the given share does not exceed.</summary>
    private static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
