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
        weights = hasSampleWeights ? Place(1, capacity, ref length) : default;
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

    /// <summary>The values of an input, (<see cref="Count"/>, sample shape...).</summary>
    /// <param name="index">Which input.</param>
    /// <returns>The values, row-major.</returns>
    public ReadOnlySpan<float> Input(int index) => Filled(inputs[index]);

    /// <summary>The values of a target, (<see cref="Count"/>, sample shape...).</summary>
    /// <param name="index">Which target.</param>
    /// <returns>The values, row-major.</returns>
    public ReadOnlySpan<float> Target(int index) => Filled(targets[index]);

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
    }

    private static Part[] Place(IReadOnlyList<TensorInfo> tensors, int capacity, ref long length)
    {
        var parts = new Part[tensors.Count];
        for (int i = 0; i < parts.Length; i++) parts[i] = Place(tensors[i].Size, capacity, ref length);
        return parts;
    }

    private static Part Place(int sampleSize, int capacity, ref long length)
    {
        var part = new Part(length, sampleSize);
        length += ((((long)sampleSize * capacity) + AlignmentInFloats - 1) / AlignmentInFloats * AlignmentInFloats) + AlignmentInFloats;
        return part;
    }

    private static int AlignedOrigin(float[] pinned)
    {
        nuint address = (nuint)Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);
        const nuint alignment = AlignmentInFloats * sizeof(float);
        return (int)(((alignment - (address % alignment)) % alignment) / sizeof(float));
    }

    private ReadOnlySpan<float> Filled(Part part) => storage.AsSpan(origin + (int)part.Offset, part.SampleSize * count);

    private Span<float> Room(Part part) => storage.AsSpan(origin + (int)part.Offset, part.SampleSize * Capacity);

    private readonly record struct Part(long Offset, int SampleSize);
}
