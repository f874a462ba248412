using System.ComponentModel;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>What is asked of Linux directly.</summary>
internal static partial class Native
{
    private const int ParentDeathSignal = 1, Kill = 9, Continue = 18, Stop = 19;

    /// <summary>The kernel ends this process when the one that started it ends, even while this one is stopped.</summary>
    public static void EndWithParent() => Check(Prctl(ParentDeathSignal, Kill));

    /// <summary>Stops all threads of a process, its spinning workers too.</summary>
    public static void StopProcess(int id) => Check(SendSignal(id, Stop));

    public static void ContinueProcess(int id) => Check(SendSignal(id, Continue));

    /// <summary>Gives memory back that the C library keeps for later.</summary>
    public static void TrimHeap() => _ = MallocTrim(0);

    private static void Check(int result)
    {
        if (result != 0) throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Prctl(int option, nuint argument);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int id, int signal);
}
