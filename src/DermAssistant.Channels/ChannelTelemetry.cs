using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DermAssistant.Channels;

/// <summary>What is measured of conversations: how many, how long, how it ended. Nothing of what was said.</summary>
public sealed class ChannelTelemetry : IDisposable
{
    /// <summary>The name of the source of traces and of the meter.</summary>
    public const string Name = "DermAssistant.Channels";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _firstSentence;
    private readonly Counter<long> _photos;

    /// <summary>Makes the instruments.</summary>
    public ChannelTelemetry()
    {
        _duration = _meter.CreateHistogram<double>("derm.turn.duration", "s", "From a message to its answer, waiting not included.");
        _firstSentence = _meter.CreateHistogram<double>("derm.turn.first_sentence", "s", "From a message to the first sentence of its answer, waiting not included.");
        _photos = _meter.CreateCounter<long>("derm.photos", "{photo}", "Files that came with messages.");
    }

    /// <summary>Reports how many messages wait and how many are worked on.</summary>
    internal void Watch(TurnQueue queue)
    {
        _meter.CreateObservableGauge("derm.turns.waiting", () => queue.Waiting, "{turn}");
        _meter.CreateObservableGauge("derm.turns.running", () => queue.Running, "{turn}");
    }

    internal MeasuredTurn Begin(string channel) => new(this, channel);

    /// <inheritdoc/>
    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }

    /// <summary>One message and its answer.</summary>
    internal sealed class MeasuredTurn(ChannelTelemetry telemetry, string channel) : IDisposable
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private readonly Activity? _activity = telemetry._source.StartActivity("turn");
        private bool _writing;

        /// <summary>How it ended.</summary>
        public string Outcome { get; set; } = "stopped";

        public void Photo(bool accepted) => telemetry._photos.Add(1, new("channel", channel), new("accepted", accepted));

        public void Writing()
        {
            if (_writing) return;
            _writing = true;
            telemetry._firstSentence.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, new KeyValuePair<string, object?>("channel", channel));
        }

        public void Dispose()
        {
            telemetry._duration.Record(Stopwatch.GetElapsedTime(_begun).TotalSeconds, new("channel", channel), new("outcome", Outcome));
            _activity?.SetTag("derm.channel", channel).SetTag("derm.outcome", Outcome);
            _activity?.Dispose();
        }
    }
}
