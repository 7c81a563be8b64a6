using DermAssistant.DermLip;
using DermAssistant.Imaging;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DermAssistant.Training;

/// <summary>Trains a pair of towers on samples by the contrastive image-text loss.</summary>
/// <remarks>
/// Work is shared among threads inside of torch's operations, never among threads of our own: TorchSharp's scalars may be
/// finalized while an operation still reads them when another managed thread sets off a garbage collection (seen with 0.107.0
/// as crashes and as scalars of random value). A seed gives the same weights on every run with the same number of threads.
/// </remarks>
internal sealed class Trainer : IDisposable
{
    private const double CaptionWeight = 0.25;

    // Of the beta distribution that shares of mixed photos come from: mostly one photo with a hint of the other.
    private const double MixConcentration = 0.4;

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private readonly TrainingOptions _options;
    private readonly IReadOnlyList<TrainingSample> _samples;
    private readonly PhotoCache _photos;
    private readonly CaptionWriter _writer;
    private readonly ITokenizer _tokenizer;
    private readonly PreprocessConfig _preprocess;
    private readonly TimeProvider _time;
    private readonly string[] _labels;
    private readonly EpochOrder _order;
    private readonly float[] _logPrior;
    private readonly TwoTower _network;
    private readonly TwoTower _average;
    private readonly AdamW _optimizer;

    public Trainer(TrainingOptions options, IReadOnlyList<TrainingSample> samples, PhotoCache photos, CaptionWriter writer, ITokenizer tokenizer, PreprocessConfig preprocess, TimeProvider time)
    {
        (_options, _photos, _writer, _tokenizer, _preprocess, _time) = (options, photos, writer, tokenizer, preprocess, time);
        _samples = [.. samples.Where(s => s.Split == Split.Train)];
        _labels = [.. _samples.Select(s => s.Label).Distinct().Order(StringComparer.Ordinal)];
        _order = new EpochOrder([.. _samples.Select(s => Array.IndexOf(_labels, s.Label))], options.LabelBalance);
        _logPrior = [.. _order.Shares.Select(share => (float)Math.Log(share))];

        manual_seed(options.Seed);
        set_num_threads(options.Threads);
        _network = new TwoTower(options.Shape, options.ImageSize);
        _average = new TwoTower(options.Shape, options.ImageSize);
        using (no_grad()) Pair(State(_network), State(_average), (own, copy) => copy.copy_(own));

        _average.eval();
        var named = _network.named_parameters().ToArray();
        _optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup(named.Where(p => Decays(p.name)).Select(p => p.parameter), options.LearningRate, weight_decay: options.WeightDecay),
                new AdamW.ParamGroup(named.Where(p => !Decays(p.name)).Select(p => p.parameter), options.LearningRate, weight_decay: 0),
            ],
            options.LearningRate);

        bool Decays(string name) => name.EndsWith("weight", StringComparison.Ordinal)
            && _network.get_parameter(name)!.dim() > 1 && !name.Contains("embedding", StringComparison.Ordinal);
    }

    /// <summary>The averaged networks, in evaluation mode.</summary>
    public TwoTower Average => _average;

    public IReadOnlyList<string> Labels => _labels;

    /// <summary>Trains to the end, from the checkpoint where there is one; a cancelled training leaves a checkpoint.</summary>
    public void Run(Checkpoint checkpoint, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var stepsPerEpoch = _samples.Count / _options.Batch;
        if (stepsPerEpoch == 0)
            throw new TrainingException($"There are {_samples.Count} training samples, fewer than one batch of {_options.Batch}.", "Give more data or a smaller batch.");
        var total = _options.Epochs * stepsPerEpoch;
        var step = checkpoint.Restore(_network, _average, _optimizer) ?? 0;

        var started = _time.GetTimestamp();
        var (saved, reported) = (started, started);
        double loss = 0, correct = 0, images = 0, work = 0;
        for (; step < total; step++)
        {
            if (cancellationToken.IsCancellationRequested || _time.GetElapsedTime(saved) > _options.CheckpointEvery)
            {
                checkpoint.Save(_network, _average, _optimizer, step);
                saved = _time.GetTimestamp();
                cancellationToken.ThrowIfCancellationRequested();
            }

            var epoch = step / stepsPerEpoch;
            var size = _options.ImageSizeAt(epoch);
            var batch = Views(step, stepsPerEpoch);
            var (stepLoss, stepCorrect) = Step(batch, LearningRate(step, stepsPerEpoch, total));
            if (!double.IsFinite(stepLoss))
                throw new TrainingException($"The loss became {stepLoss} at step {step}.", "Train again with a lower learning rate.");
            loss += stepLoss;
            correct += stepCorrect;
            images += _options.Batch;
            work += (double)size * size;
            if (progress is not null && (_time.GetElapsedTime(reported) > ReportEvery || (step + 1) % stepsPerEpoch == 0))
            {
                var seconds = _time.GetElapsedTime(reported).TotalSeconds;
                var left = Enumerable.Range(step + 1, total - step - 1).Sum(s => Math.Pow(_options.ImageSizeAt(s / stepsPerEpoch), 2));
                var remaining = TimeSpan.FromSeconds(_time.GetElapsedTime(started).TotalSeconds / work * left);
                progress.Report(new TrainingProgress(epoch + 1, _options.Epochs, step + 1, total, size, loss * _options.Batch / images, correct / images, images / seconds, remaining));
                reported = _time.GetTimestamp();
                loss = correct = images = 0;
            }
        }

        checkpoint.Save(_network, _average, _optimizer, step);
    }

    /// <summary>Photos of one step as the networks see them.</summary>
    /// <param name="Share">Of the first photo where photos are mixed in pairs, else 1.</param>
    private sealed record ViewBatch(int Size, float[] Pixels, int[] Samples, string[] Captions, string[] Prompts, double Share);

    private ViewBatch Views(int step, int stepsPerEpoch)
    {
        var (epoch, at) = (step / stepsPerEpoch, step % stepsPerEpoch);
        var drawn = _order.Draw(new Random(Mix(epoch, -1)));
        var size = _options.ImageSizeAt(epoch);
        var samples = drawn[(at * _options.Batch)..((at + 1) * _options.Batch)];
        var pixels = new float[samples.Length * 3 * size * size];
        var captions = new string[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = _samples[samples[i]];
            var random = new Random(Mix(epoch, at * _options.Batch + i));
            Augmentation.Sample(_photos[sample], size, _preprocess, random, _options.Augmentation, pixels.AsSpan(i * 3 * size * size, 3 * size * size));
            captions[i] = _writer.Caption(sample, random);
        }

        var words = new Random(Mix(epoch, -2 - at));
        var share = words.NextDouble() < _options.Mixed ? Beta(words) : 1;
        return new ViewBatch(size, pixels, samples, captions, [.. _labels.Select(l => _writer.Prompt(l, words))], share);
    }

    // Joehnk's method; both concentrations are the same and below one.
    private static double Beta(Random random)
    {
        while (true)
        {
            var (x, y) = (Math.Pow(random.NextDouble(), 1 / MixConcentration), Math.Pow(random.NextDouble(), 1 / MixConcentration));
            if (x + y is > 0 and <= 1) return x / (x + y);
        }
    }

    private (double Loss, double Correct) Step(ViewBatch batch, double learningRate)
    {
        using var scope = NewDisposeScope();
        var result = Backward(batch);
        nn.utils.clip_grad_norm_(_network.parameters(), 1.0);
        foreach (var group in _optimizer.ParamGroups) group.LearningRate = learningRate;
        _optimizer.step();
        using (no_grad())
            Pair(State(_network), State(_average), (own, average) =>
            {
                if (average.is_floating_point()) average.lerp_(own, tensor((float)(1 - _options.AverageDecay)));
                else average.copy_(own);
            });
        return result;
    }

    private (double Loss, double Correct) Backward(ViewBatch batch)
    {
        using var scope = NewDisposeScope();
        _network.train();
        _network.zero_grad();
        var labels = tensor(batch.Samples.Select(sample => (long)Array.IndexOf(_labels, _samples[sample].Label)).ToArray());
        var pixels = tensor(batch.Pixels, [batch.Samples.Length, 3, batch.Size, batch.Size]);
        var mixed = batch.Share < 1;
        if (mixed) pixels = pixels * batch.Share + pixels.flip(0) * (1 - batch.Share);
        var images = _network.EncodeImages(_options.Precision == TrainingPrecision.BFloat16 ? pixels.to(ScalarType.BFloat16) : pixels);
        var texts = _network.EncodeTexts(TokenBatch.Of(_tokenizer, mixed ? batch.Prompts : [.. batch.Prompts, .. batch.Captions]));
        var prompts = texts[.._labels.Length];
        var prior = tensor(_logPrior);
        var loss = ImageTextLoss.Prompts(images, prompts, labels, labels.flip(0), batch.Share, prior);
        if (!mixed) loss += CaptionWeight * ImageTextLoss.Captions(images, texts[_labels.Length..], labels, _network.Scale());
        loss.backward();
        var correct = (images.detach().matmul(prompts.detach().t()) * ImageTextLoss.PromptScale + prior).argmax(1).eq(batch.Share < 0.5 ? labels.flip(0) : labels).sum().item<long>();
        return (loss.item<float>(), correct);
    }

    private double LearningRate(int step, int stepsPerEpoch, int total)
    {
        var warmup = Math.Min(3 * stepsPerEpoch, total / 10.0);
        if (step < warmup) return _options.LearningRate * (step + 1) / warmup;
        var done = (step - warmup) / (total - warmup);
        return _options.LearningRate * (0.01 + 0.99 * 0.5 * (1 + Math.Cos(Math.PI * done)));
    }

    private static Dictionary<string, Tensor>.ValueCollection State(TwoTower network) => network.state_dict().Values;

    private static void Pair(IEnumerable<Tensor> first, IEnumerable<Tensor> second, Action<Tensor, Tensor> action)
    {
        foreach (var (a, b) in first.Zip(second)) action(a, b);
    }

    // SplitMix64's finaliser over seed, epoch and sample: the same everywhere, unlike HashCode.
    private int Mix(int epoch, int sample)
    {
        var z = unchecked(((ulong)(uint)_options.Seed << 48) ^ ((ulong)(uint)epoch << 32) ^ (uint)sample) + 0x9E3779B97F4A7C15;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return (int)(z ^ (z >> 31)) & int.MaxValue;
    }

    public void Dispose()
    {
        _network.Dispose();
        _average.Dispose();
        _optimizer.Dispose();
    }
}
