using System.Runtime.InteropServices;

namespace DermAssistant.DermLip;

/// <summary>The memory that native libraries of the process allocate, ONNX Runtime above all.</summary>
internal static partial class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int UseHugePages = 14;

    private const int HugePage = 2 << 20;

    /// <summary>What loading ONNX Runtime or opening a session allocates, and room.</summary>
    private const int Reserve = 24 << 20;

    /// <summary>The size from which glibc maps a block by itself, at its highest: glibc moves it there as soon as a block of that size was freed.</summary>
    private const int LargestOnHeap = 32 << 20;

    /// <summary>Lets Linux put what this thread allocates next on pages of 2 MB.</summary>
    /// <remarks>
    /// Touching 30 MB for the first time in pages of 4 KB takes a seventh of the time in which a large pack is ready, in virtual machines whose page
    /// tables the host keeps. So the thread's heap grows by a large piece at once, which is not given back and asks for large pages;
    /// of a page that is never touched nothing is taken. What the operator says by glibc's own variables stands, and where there is
    /// no glibc, nothing happens.
    /// </remarks>
    public static void UseLargePages()
    {
        if (!OperatingSystem.IsLinux() || IsSetByOperator) return;
        try
        {
            _ = Set(MmapThreshold, LargestOnHeap);
            _ = Set(TrimThreshold, 8 * LargestOnHeap);
            var block = Allocate(Reserve);
            Free(block);
            var start = (block + HugePage - 1) & ~(nint)(HugePage - 1);
            if (block != 0) _ = Advise(start, Reserve - HugePage, UseHugePages);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library than glibc.
        }
    }

    private static bool IsSetByOperator { get; } = Environment.GetEnvironmentVariables().Keys.Cast<string>()
        .Any(name => name == "GLIBC_TUNABLES" || name.StartsWith("MALLOC_", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc")]
    private static partial nint Allocate(nuint bytes);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint block);

    /// <summary>Refused by systems without large pages, which go on page by page.</summary>
    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint start, nuint length, int advice);
}
