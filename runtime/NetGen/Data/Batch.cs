using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// The buffers of one batch: a row-major float tensor per input and per target with the samples outermost, and the sample weights.
/// The caller owns it and reuses it for every batch; a <see cref="BatchReader"/> fills it. Integer data stand in it as floats, which
/// hold them exactly up to 2^24.
/// </summary>
/// <remarks>
/// All parts lie in one pinned block, each aligned to 64 bytes and followed by at least 64 bytes of zeros, so that kernels may load
/// whole vectors past the end. The block never moves, and a span over it keeps it alive.
/// </remarks>
public sealed class Batch
{
    private const int AlignmentInFloats = 16;

    private readonly Part[] inputs;
    private readonly Part[] targets;
    private readonly Part weights;
    private float[] storage;
    private int[] inputSteps;
    private int[] targetSteps;
    private int[][] inputLengths;
    private int[][] targetLengths;
    private int origin;
    private int count;
    private int[]? rows;
    private int firstRow = -1;

    /// <summary>Makes an empty batch for a source.</summary>
    /// <param name="source">The source whose inputs and targets the batch is to hold.</param>
    /// <param name="capacity">The largest number of samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    /// <exception cref="ArgumentException">The batch would have more elements than can be addressed.</exception>
    public Batch(IDataSource source, int capacity)
        : this((source ?? throw new ArgumentNullException(nameof(source))).Inputs, source.Targets, source.HasSampleWeights, capacity)
    {
    }

    /// <summary>Makes an empty batch of the given parts.</summary>
    internal Batch(IReadOnlyList<TensorInfo> inputs, IReadOnlyList<TensorInfo> targets, bool hasSampleWeights, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        long length = 0;
        this.inputs = Place(inputs, capacity, ref length);
        this.targets = Place(targets, capacity, ref length);
        weights = hasSampleWeights ? Place(1, 0, capacity, ref length) : default;
        (inputSteps, inputLengths) = RoomForLengths(this.inputs, capacity);
        (targetSteps, targetLengths) = RoomForLengths(this.targets, capacity);
        if (length > Array.MaxLength - AlignmentInFloats)
        {
            throw new ArgumentException(
                $"A batch of {capacity} samples needs {length} elements; at most {Array.MaxLength - AlignmentInFloats} can be addressed.",
                nameof(capacity));
        }

        storage = GC.AllocateArray<float>((int)length + AlignmentInFloats, pinned: true);
        origin = AlignedOrigin(storage);
    }

    /// <summary>The largest number of samples.</summary>
    public int Capacity { get; }

    /// <summary>The number of samples that the batch holds now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or above <see cref="Capacity"/>.</exception>
    public int Count
    {
        get => count;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            count = value;
            firstRow = -1;
        }
    }

    /// <summary>The number of inputs.</summary>
    public int InputCount => inputs.Length;

    /// <summary>The number of targets.</summary>
    public int TargetCount => targets.Length;

    /// <summary>Whether the batch holds sample weights.</summary>
    public bool HasSampleWeights => weights.SampleSize > 0;

    /// <summary>The weight of each sample, (<see cref="Count"/>,); empty if the source has none.</summary>
    public ReadOnlySpan<float> SampleWeights => Filled(weights);

    /// <summary>The room for the weights of <see cref="Capacity"/> samples, for the reader; empty if the source has none.</summary>
    public Span<float> SampleWeightBuffer => Room(weights);

    /// <summary>The values of an input, (<see cref="Count"/>, sample shape...); of sequences (<see cref="Count"/>, steps, step shape...).</summary>
    /// <param name="index">Which input.</param>
    /// <returns>The values, row-major.</returns>
    public ReadOnlySpan<float> Input(int index) => Filled(inputs[index], inputSteps[index]);

    /// <summary>The values of a target, (<see cref="Count"/>, sample shape...); of sequences (<see cref="Count"/>, steps, step shape...).</summary>
    /// <param name="index">Which target.</param>
    /// <returns>The values, row-major.</returns>
    public ReadOnlySpan<float> Target(int index) => Filled(targets[index], targetSteps[index]);

    /// <summary>To how many steps an input's sequences are padded in this batch; 0 for an input whose samples all have one shape.</summary>
    /// <param name="index">Which input.</param>
    public int InputSteps(int index) => inputSteps[index];

    /// <summary>To how many steps a target's sequences are padded in this batch; 0 for a target whose samples all have one shape.</summary>
    /// <param name="index">Which target.</param>
    public int TargetSteps(int index) => targetSteps[index];

    /// <summary>How many steps of each sample of an input count; empty for an input whose samples all have one shape.</summary>
    /// <param name="index">Which input.</param>
    public ReadOnlySpan<int> InputLengths(int index) => Filled(inputLengths[index]);

    /// <summary>How many steps of each sample of a target count; empty for a target whose samples all have one shape.</summary>
    /// <param name="index">Which target.</param>
    public ReadOnlySpan<int> TargetLengths(int index) => Filled(targetLengths[index]);

    /// <summary>The room for the lengths of <see cref="Capacity"/> samples of an input of sequences, for the reader.</summary>
    /// <param name="index">Which input.</param>
    public Span<int> InputLengthBuffer(int index) => inputLengths[index];

    /// <summary>The room for the lengths of <see cref="Capacity"/> samples of a target of sequences, for the reader.</summary>
    /// <param name="index">Which target.</param>
    public Span<int> TargetLengthBuffer(int index) => targetLengths[index];

    /// <summary>Says to how many steps the reader pads an input's sequences in this batch: its samples lie so many steps apart.</summary>
    /// <param name="index">Which input, one of sequences.</param>
    /// <param name="steps">The number of steps, at least 1 and at most the first dimension of the input.</param>
    /// <exception cref="ArgumentException">The input is none of sequences, or the number is out of range.</exception>
    public void SetInputSteps(int index, int steps) => inputSteps[index] = Checked(inputs[index], steps);

    /// <summary>Says to how many steps the reader pads a target's sequences in this batch: its samples lie so many steps apart.</summary>
    /// <param name="index">Which target, one of sequences.</param>
    /// <param name="steps">The number of steps, at least 1 and at most the first dimension of the target.</param>
    /// <exception cref="ArgumentException">The target is none of sequences, or the number is out of range.</exception>
    public void SetTargetSteps(int index, int steps) => targetSteps[index] = Checked(targets[index], steps);

    /// <summary>The room for <see cref="Capacity"/> samples of an input, for the reader.</summary>
    /// <param name="index">Which input.</param>
    /// <returns>The buffer, row-major.</returns>
    public Span<float> InputBuffer(int index) => Room(inputs[index]);

    /// <summary>The room for <see cref="Capacity"/> samples of a target, for the reader.</summary>
    /// <param name="index">Which target.</param>
    /// <returns>The buffer, row-major.</returns>
    public Span<float> TargetBuffer(int index) => Room(targets[index]);

    /// <summary>Notes which samples of a data set the batch was filled with: those at some positions of an order, or the positions themselves where it is null.</summary>
    internal void SetSamples(int[]? order, int first) => (rows, firstRow) = (order, first);

    /// <summary>The position in the data set's arrays or files of a sample of the batch; null where it is not known.</summary>
    internal int? SampleAt(int sample) => firstRow < 0 ? null : rows is null ? firstRow + sample : rows[firstRow + sample];

    /// <summary>Where a sample of the batch is found, for messages: in the data set, or in the batch where that is not known.</summary>
    internal string PlaceOf(int sample) => SampleAt(sample) is { } index ? $"sample {index} of the data set" : $"sample {sample} of the batch";

    /// <summary>Whether both batches have the same parts, sizes and capacity.</summary>
    internal bool HasLayoutOf(Batch other) =>
        Capacity == other.Capacity && weights == other.weights
        && inputs.AsSpan().SequenceEqual(other.inputs) && targets.AsSpan().SequenceEqual(other.targets);

    /// <summary>Exchanges the contents of two batches of one layout without copying.</summary>
    internal void Swap(Batch other)
    {
        (storage, other.storage) = (other.storage, storage);
        (origin, other.origin) = (other.origin, origin);
        (count, other.count) = (other.count, count);
        (rows, other.rows) = (other.rows, rows);
        (firstRow, other.firstRow) = (other.firstRow, firstRow);
        (inputSteps, other.inputSteps) = (other.inputSteps, inputSteps);
        (targetSteps, other.targetSteps) = (other.targetSteps, targetSteps);
        (inputLengths, other.inputLengths) = (other.inputLengths, inputLengths);
        (targetLengths, other.targetLengths) = (other.targetLengths, targetLengths);
    }

    private static Part[] Place(IReadOnlyList<TensorInfo> tensors, int capacity, ref long length)
    {
        var parts = new Part[tensors.Count];
        for (int i = 0; i < parts.Length; i++) parts[i] = Place(tensors[i].Size, tensors[i].IsSequence ? tensors[i].Shape[0] : 0, capacity, ref length);
        return parts;
    }

    private static Part Place(int sampleSize, int steps, int capacity, ref long length)
    {
        var part = new Part(length, sampleSize, steps);
        length += ((((long)sampleSize * capacity) + AlignmentInFloats - 1) / AlignmentInFloats * AlignmentInFloats) + AlignmentInFloats;
        return part;
    }

    private static int AlignedOrigin(float[] pinned)
    {
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        const nuint alignment = AlignmentInFloats * sizeof(float);
        return (int)(((alignment - (address % alignment)) % alignment) / sizeof(float));
    }

    private static (int[] Steps, int[][] Lengths) RoomForLengths(Part[] parts, int capacity) =>
        (Array.ConvertAll(parts, part => part.Steps), Array.ConvertAll(parts, part => part.Steps > 0 ? new int[capacity] : []));

    private static int Checked(Part part, int steps) => steps >= 1 && steps <= part.Steps ? steps
        : throw new ArgumentException(part.Steps == 0 ? "The samples have no steps: they all have one shape." : $"{steps} steps were given; 1 to {part.Steps} are expected.", nameof(steps));

    private ReadOnlySpan<int> Filled(int[] lengths) => lengths.AsSpan(0, Math.Min(lengths.Length, count));

    private ReadOnlySpan<float> Filled(Part part, int steps = 0) =>
        storage.AsSpan(origin + (int)part.Offset, part.Steps == 0 ? part.SampleSize * count : part.SampleSize / part.Steps * steps * count);

    private Span<float> Room(Part part) => storage.AsSpan(origin + (int)part.Offset, part.SampleSize * Capacity);

    private readonly record struct Part(long Offset, int SampleSize, int Steps);
}
