using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>The addresses of a batch's tensors.</summary>
internal static unsafe class BatchMemory
{
    /// <summary>The address of a tensor's first element. A batch lies in pinned memory; whoever uses the address holds the batch.</summary>
    public static nint Address(ReadOnlySpan<float> tensor) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(tensor));
}
