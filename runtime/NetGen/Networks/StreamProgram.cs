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

    /// <summary>For each run-time size of this program the network's, or -1 for one that the network has not.</summary>
    public abstract ReadOnlySpan<int> Sizes { get; }

    /// <summary>Which run-time size is the number of calls before the present one; -1 where it does not matter.</summary>
    public virtual int PastSize => -1;

    /// <summary>Which run-time size is the number of calls that there is room for; -1 where it does not matter.</summary>
    public virtual int RoomSize => -1;

    /// <summary>How many calls a table of positions has something for.</summary>
    public virtual int MostCalls => int.MaxValue;

    /// <summary>Floats that all states to which calls add take of one sample and call.</summary>
    public virtual int HistoryFloats => 0;

    /// <summary>Floats that a call adds to each of them for one sample.</summary>
    public virtual ReadOnlySpan<int> HistorySizes => [];

    /// <summary>Where each of them begins, in floats of one sample and call.</summary>
    public virtual ReadOnlySpan<int> HistoryOffsets => [];

    /// <summary>How many of the setup's outputs are this program's last inputs.</summary>
    public abstract int Given { get; }

    /// <summary>From the network's other inputs to what is the same in every step; null where there is nothing of it.</summary>
    public virtual InferenceProgram? CreateSetup() => null;
}
