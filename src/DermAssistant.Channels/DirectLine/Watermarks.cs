using System.Globalization;

namespace DermAssistant.Channels.DirectLine;

/// <summary>Watermarks: opaque to clients, to us the number of the last activity they have.</summary>
internal static class Watermarks
{
    /// <summary>Reads a watermark; none, empty and <c>-</c> stand for the beginning.</summary>
    /// <returns>False for what was never a watermark of ours.</returns>
    public static bool TryRead(string? text, out long number)
    {
        number = 0;
        return string.IsNullOrEmpty(text) || text == "-" || (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 0);
    }

    public static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);
}
