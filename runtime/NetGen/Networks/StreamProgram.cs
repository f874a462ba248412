using System.ComponentModel;

namespace NetGen;

/// <summary>
/// The compiled step of a network that runs step by step; emitted code derives from it. Its inputs are the streamed inputs of the network, then what
/// <see cref="CreateSetup"/>'s program gave.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class StreamProgram : InferenceProgram
{
    /// <summary>Steps of each streamed input that a call takes.</summary>
    public abstract int Steps { get; }

    /// <summary>The indices of the streamed inputs among the network's.</summary>
    public abstract ReadOnlySpan<int> StreamedInputs { get; }

    /// <summary>Floats of a streamed input that a call takes of one sample.</summary>
    public abstract nint InputLength(int input);

    /// <summary>For each state the output of the setup that it starts as, or -1 for zeros.</summary>
    public abstract ReadOnlySpan<int> Starts { get; }

    /// <summary>For each run-time size of this program the network's.</summary>
    public abstract ReadOnlySpan<int> Sizes { get; }

    /// <summary>How many of the setup's outputs are this program's last inputs.</summary>
    public abstract int Given { get; }

    /// <summary>From the network's other inputs to what is the same in every step; null where there is nothing of it.</summary>
    public virtual InferenceProgram? CreateSetup() => null;
}
