using System.Text.RegularExpressions;

namespace DermAssistant.DermLip.Tests;

public sealed partial class NativeHeapTests
{
    /// <summary>A mapping of no file in /proc/self/smaps, or of the heap, up to its flags.</summary>
    [GeneratedRegex(@"^[0-9a-f]+-[0-9a-f]+ rw-p 0+ 00:00 0 *(?:\[heap\])?\n(?:[A-Z].*\n)*?VmFlags:(?<flags>.*)", RegexOptions.Multiline)]
    private static partial Regex Memory();

    [LargePagesFact]
    public void The_heap_of_a_thread_asks_for_large_pages_unless_the_operator_set_glibc()
    {
        var setByOperator = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Any(name => name == "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));

        var thread = new Thread(NativeHeap.UseLargePages);
        thread.Start();
        thread.Join();

        var memory = Memory().Matches(File.ReadAllText("/proc/self/smaps")).Select(mapping => mapping.Groups["flags"].Value.Split(' ')).ToList();
        Assert.NotEmpty(memory);
        Assert.Equal(!setByOperator, memory.Any(flags => flags.Contains("hg")));
    }

    private sealed class LargePagesFactAttribute : FactAttribute
    {
        private const string Setting = "/sys/kernel/mm/transparent_hugepage/enabled";

        public LargePagesFactAttribute()
        {
            if (!File.Exists(Setting)) Skip = $"This system has no {Setting}.";
        }
    }
}
