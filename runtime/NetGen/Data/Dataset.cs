using System.Globalization;

namespace NetGen;

/// <summary>
/// Samples in memory: one or several named inputs, any number of targets, and optional sample weights. A data set is immutable; the methods
/// that
/// shuffle, split and map return new ones over the same arrays.
/// </summary>
public sealed partial class Dataset : IDataSource
{
    /// <summary>The name of the only input where no other is given.</summary>
    internal const string DefaultInput = "input";

    /// <summary>The name of the only target where no other is given.</summary>
    internal const string DefaultTarget = "target";

    private readonly TensorColumn[] inputs;
    private readonly TensorColumn[] targets;
    private readonly float[]? sampleWeights;
    private readonly int[]? rows;
    private readonly ulong? ownSeed;
    private readonly int bucketBatches;

    /// <summary>Makes a data set of columns.</summary>
    /// <param name="inputs">The inputs, at least one.</param>
    /// <param name="targets">The targets; may be empty for a data set that is only predicted.</param>
    /// <param name="sampleWeights">A weight per sample, referred to and not copied, or null for none.</param>
    /// <exception cref="ArgumentException">There is no input, two columns have one name, the numbers of samples differ, or a weight is negative or not finite.</exception>
    public Dataset(IReadOnlyList<TensorColumn> inputs, IReadOnlyList<TensorColumn> targets, float[]? sampleWeights = null)
        : this([.. inputs], [.. targets], sampleWeights, null, null, 0)
    {
        if (inputs.Count == 0) throw new ArgumentException("A data set needs at least one input.", nameof(inputs));
        int samples = inputs[0].Count;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorColumn column in this.inputs.Concat(this.targets))
        {
            if (!names.Add(column.Info.Name)) throw new ArgumentException($"Two columns have the name '{column.Info.Name}'.");
            if (column.Count != samples)
                throw new ArgumentException($"'{column.Info.Name}' has {column.Count} samples; '{inputs[0].Info.Name}' has {samples}.");
        }

        if (sampleWeights is null) return;
        if (sampleWeights.Length != samples)
            throw new ArgumentException($"There are {sampleWeights.Length} sample weights for {samples} samples.", nameof(sampleWeights));
        int wrong = Array.FindIndex(sampleWeights, weight => !(weight >= 0 && float.IsFinite(weight)));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"The weight of sample {wrong} is {Arguments.Format(sampleWeights[wrong])}; a finite number that is not negative is expected.", nameof(sampleWeights));
        }
    }

    private Dataset(TensorColumn[] inputs, TensorColumn[] targets, float[]? sampleWeights, int[]? rows, ulong? ownSeed, int bucketBatches)
    {
        this.inputs = inputs;
        this.targets = targets;
        this.sampleWeights = sampleWeights;
        this.rows = rows;
        this.ownSeed = ownSeed;
        this.bucketBatches = bucketBatches;
        Inputs = [.. inputs.Select(column => column.Info)];
        Targets = [.. targets.Select(column => column.Info)];
    }

    /// <summary>The number of samples, at least 1.</summary>
    public int Count => rows?.Length ?? inputs[0].Count;

    long? IDataSource.SampleCount => Count;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Inputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Targets { get; }

    /// <inheritdoc/>
    public bool HasSampleWeights => sampleWeights is not null;

    /// <summary>Whether the inputs of a sample are the same in every epoch: true unless one is mapped by <see cref="Map"/> and not said to stay.</summary>
    public bool RepeatsInputs => Array.TrueForAll(inputs, column => column.RepeatsSamples);

    /// <summary>Whether a target of a sample is the same in every epoch, and costs no call of a function to read.</summary>
    internal bool RepeatsTarget(int target) => targets[target].RepeatsSamples;

    /// <summary>The number of steps of a sample of an input of sequences.</summary>
    /// <param name="sample">The position, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="input">Which input.</param>
    /// <exception cref="ArgumentException">The samples of the input all have one shape.</exception>
    public int InputLength(int sample, int input = 0) => Length(inputs[input], sample);

    /// <summary>The number of steps of a sample of a target of sequences.</summary>
    /// <param name="sample">The position, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="target">Which target.</param>
    /// <exception cref="ArgumentException">The samples of the target all have one shape.</exception>
    public int TargetLength(int sample, int target = 0) => Length(targets[target], sample);

    /// <summary>Copies one sample of an input.</summary>
    /// <param name="sample">The position, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Receives the values; of exactly the sample's size.</param>
    /// <param name="input">Which input.</param>
    /// <exception cref="ArgumentException">The span has another length than the sample.</exception>
    public void ReadInput(int sample, Span<float> destination, int input = 0) => Read(inputs[input], sample, destination);

    /// <summary>Copies one sample of a target.</summary>
    /// <param name="sample">The position, from 0 to <see cref="Count"/> - 1.</param>
    /// <param name="destination">Receives the values; of exactly the sample's size.</param>
    /// <param name="target">Which target.</param>
    /// <exception cref="ArgumentException">The span has another length than the sample.</exception>
    public void ReadTarget(int sample, Span<float> destination, int target = 0) => Read(targets[target], sample, destination);

    /// <inheritdoc/>
    /// <remarks>Where <see cref="Shuffle"/> was called, its seed takes the place of <paramref name="shuffleSeed"/>.</remarks>
    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        int[]? order = rows;
        if (shuffleSeed is { } seed)
        {
            order = new int[Count];
            for (int i = 0; i < order.Length; i++) order[i] = RowOf(i);
            Permutation.Shuffle(order, ownSeed ?? seed, epoch);
            if (bucketBatches > 0) Buckets.Arrange(order, row => Lengths(row), batchSize, bucketBatches, ownSeed ?? seed, epoch);
        }

        return new DatasetReader(inputs, targets, sampleWeights, order, Count, batchSize, epoch, dropRemainder);
    }

    /// <summary>Looks for NaN and infinity in all inputs, targets and sample weights. Data sets read from files have been
    /// checked.</summary>
    /// <returns>This data set.</returns>
    /// <exception cref="InvalidDataException">A value is not finite; the message names the column, the sample, the element and the
    /// value.</exception>
    public Dataset Validate()
    {
        foreach (TensorColumn column in inputs.Concat(targets))
        {
            var values = new float[column.Info.Size];
            for (int i = 0; i < Count; i++)
            {
                Span<float> sample = values.AsSpan(0, column.SizeOf(RowOf(i)));
                column.Read(new SampleId(RowOf(i), 0), sample);
                RequireFinite(sample, column.Info.Name, RowOf(i));
            }
        }

        for (int i = 0; sampleWeights is not null && i < Count; i++) RequireFinite([sampleWeights[RowOf(i)]], "sample weights", RowOf(i));
        return this;
    }

    internal static void RequireFinite(ReadOnlySpan<float> values, string column, int sample)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i])) continue;
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"'{column}' holds {values[i]} in sample {sample}, element {i}; a finite number is expected."));
        }
    }

    private int RowOf(int sample) => rows is null ? sample : rows[sample];

    /// <summary>The lengths of all sequences of a sample together.</summary>
    private long Lengths(int row)
    {
        long sum = 0;
        foreach (TensorColumn column in inputs) sum += column.StepsOf(row);
        foreach (TensorColumn column in targets) sum += column.StepsOf(row);
        return sum;
    }

    private int Length(TensorColumn column, int sample)
    {
        CheckSample(sample);
        return column.Info.IsSequence ? column.StepsOf(RowOf(sample))
            : throw new ArgumentException($"The samples of '{column.Info.Name}' all have the shape {TensorInfo.FormatShape(column.Info.Shape)}.");
    }

    private void CheckSample(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sample, Count);
    }

    private void Read(TensorColumn column, int sample, Span<float> destination)
    {
        CheckSample(sample);
        int size = column.SizeOf(RowOf(sample));
        if (destination.Length != size)
        {
            string of = column.Info.IsSequence ? $"sample {sample} of '{column.Info.Name}'" : $"a sample of '{column.Info.Name}' {TensorInfo.FormatShape(column.Info.Shape)}";
            throw new ArgumentException($"The span has {destination.Length} elements; {of} has {size}.", nameof(destination));
        }

        column.Read(new SampleId(RowOf(sample), 0), destination);
    }
}
