namespace NetGen;

/// <content>What makes a data set of another: order, parts, and maps.</content>
public sealed partial class Dataset
{
    /// <summary>
    /// Puts the samples in a random order, and gives the epochs that a trainer shuffles this seed. What is split or taken from the result
    /// is a random
    /// part which does not change from epoch to epoch, so that no sample leaks from one part into the other.
    /// </summary>
    /// <param name="seed">The order is a pure function of the seed and the number of samples; in epoch e of (seed, e).</param>
    /// <returns>The shuffled data set.</returns>
    public Dataset Shuffle(ulong seed) => WithRows(Permutation.Create(Count, seed, 0), seed);

    /// <summary>
    /// Splits in two without shuffling. <c>Split(1 - validationSplit)</c> gives the two parts of Keras's <c>validation_split</c>: the first
    /// floor(count * fraction) samples, and the last ones.
    /// </summary>
    /// <param name="fraction">The first part's share, above 0 and below 1.</param>
    /// <returns>Both parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or would leave one part empty.</exception>
    public (Dataset First, Dataset Second) Split(double fraction)
    {
        int first = fraction is > 0 and < 1 ? (int)Math.Floor(Count * fraction) : 0;
        if (first == 0 || first == Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"The fraction must lie between 0 and 1 and leave neither part of the {Count} samples empty.");
        }

        return (Take(first), Skip(first));
    }

    /// <summary>The first samples.</summary>
    /// <param name="count">How many, from 1 to <see cref="Count"/>.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many, or none would be left.</exception>
    public Dataset Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return WithRows(Range(0, count), ownSeed);
    }

    /// <summary>All but the first samples.</summary>
    /// <param name="count">How many to leave out, from 0 to <see cref="Count"/> - 1.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are not as many, or none would be left.</exception>
    public Dataset Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(count, Count);
        return WithRows(Range(count, Count - count), ownSeed);
    }

    /// <summary>The samples at the given positions, in their order; a position may occur more than once.</summary>
    /// <param name="samples">The positions, at least one.</param>
    /// <returns>The part.</returns>
    /// <exception cref="ArgumentException">There is no position.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A position is not in the data set.</exception>
    public Dataset Subset(params ReadOnlySpan<int> samples)
    {
        if (samples.IsEmpty) throw new ArgumentException("A subset needs at least one sample.", nameof(samples));
        foreach (int sample in samples)
        {
            if ((uint)sample >= (uint)Count)
                throw new ArgumentOutOfRangeException(nameof(samples), sample, $"The data set has the samples 0 to {Count - 1}.");
        }

        return WithRows(samples.ToArray(), ownSeed);
    }

    /// <summary>
    /// Lets an epoch in random order have batches of samples of similar length, so that little of them is padding. Of each part of the order, of so many batches, the samples are
    /// sorted by their length, the sum over all sequences; then the batches are put in a random order.
    /// </summary>
    /// <param name="batches">How many batches are sorted together, at least 2: the more, the less padding, and the more alike the batches are from epoch to epoch.</param>
    /// <returns>The same samples. Where they are read in their stored order, as to evaluate and to predict, nothing changes.</returns>
    /// <exception cref="ArgumentException">The data set has no sequences.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 2.</exception>
    public Dataset BucketByLength(int batches = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 2);
        if (!Inputs.Concat(Targets).Any(info => info.IsSequence))
            throw new ArgumentException("The data set has no sequences, so that its samples are of one length; FromSequences and FromTokens make some.");
        return new(inputs, targets, sampleWeights, rows, ownSeed, batches);
    }

    /// <summary>Computes each sample of a column anew whenever it is read, for example to scale or to augment it.</summary>
    /// <param name="map">Writes the new sample.</param>
    /// <param name="column">The input or target to map; null is the first input.</param>
    /// <param name="shape">The shape of the new samples; null keeps the old one. Sequences keep their lengths, and the first dimension, the most steps.</param>
    /// <param name="repeats">Whether a sample becomes the same in every epoch, as by scaling and not by augmenting; a trainer may then keep what a frozen part makes of it.</param>
    /// <returns>The data set with the column mapped, as Float32.</returns>
    /// <exception cref="ArgumentException">There is no such column, or a sequence would change its length.</exception>
    public Dataset Map(SampleMap map, string? column = null, int[]? shape = null, bool repeats = false)
    {
        ArgumentNullException.ThrowIfNull(map);
        return WithColumn(
            column ?? inputs[0].Info.Name,
            source => new MappedColumn(source, Mapped(source.Info, shape), map, repeats));
    }

    /// <summary>Turns integer labels into one-hot vectors, as <c>keras.utils.to_categorical</c> does.</summary>
    /// <param name="classes">The number of classes; null takes the largest label plus 1.</param>
    /// <param name="target">The target of labels; null is the first.</param>
    /// <returns>The data set with a target of shape (classes,), or (d..., classes) for labels of shape (d...).</returns>
    /// <exception cref="ArgumentException">There is no such target, it is no integer column, or a label is not within 0..classes-1; the
    /// message names the sample.</exception>
    public Dataset ToCategorical(int? classes = null, string? target = null)
    {
        if (targets.Length == 0) throw new ArgumentException("The data set has no target.", nameof(target));
        return WithColumn(target ?? targets[0].Info.Name, source => OneHot(source, classes));
    }

    private static TensorInfo Mapped(TensorInfo source, int[]? shape) =>
        !source.IsSequence || shape is null || (shape.Length > 0 && shape[0] == source.Shape[0]) ? new TensorInfo(source.Name, shape ?? source.Shape, isSequence: source.IsSequence)
        : throw new ArgumentException($"The sequences '{source.Name}' have up to {source.Shape[0]} steps and keep them; the shape {TensorInfo.FormatShape(shape)} does not begin with that.", nameof(shape));

    private static int[] FindRows(int[]? rows, ReadOnlySpan<int> samples)
    {
        var found = new int[samples.Length];
        for (int i = 0; i < found.Length; i++) found[i] = rows is null ? samples[i] : rows[samples[i]];
        return found;
    }

    private static int[] Range(int start, int count)
    {
        var range = new int[count];
        for (int i = 0; i < count; i++) range[i] = start + i;
        return range;
    }

    private OneHotColumn OneHot(TensorColumn labels, int? classes)
    {
        string name = labels.Info.Name;
        if (labels.Info.ElementType is not (ElementType.Int32 or ElementType.UInt8))
        {
            throw new ArgumentException(
                $"'{name}' is {labels.Info.ElementType}; one-hot vectors are made of integer labels.", nameof(labels));
        }

        if (classes < 1) throw new ArgumentOutOfRangeException(nameof(classes), classes, "At least one class is expected.");
        var values = new float[labels.Info.Size];
        int largest = 0;
        for (int i = 0; i < Count; i++)
        {
            Span<float> sample = values.AsSpan(0, labels.SizeOf(RowOf(i)));
            labels.Read(new SampleId(RowOf(i), 0), sample);
            foreach (float label in sample)
            {
                if (label < 0 || label >= classes)
                {
                    throw new ArgumentException(
                        $"Sample {i} of '{name}' has the label {(int)label}; labels from 0 {(classes is { } n ? $"to {n - 1}" : "up")} are expected.");
                }

                largest = Math.Max(largest, (int)label);
            }
        }

        return new OneHotColumn(labels, classes ?? (largest + 1));
    }

    private Dataset WithRows(int[] samples, ulong? seed) => new(inputs, targets, sampleWeights, FindRows(rows, samples), seed, bucketBatches);

    private Dataset WithColumn(string name, Func<TensorColumn, TensorColumn> replace)
    {
        int input = Array.FindIndex(inputs, column => column.Info.Name == name);
        int target = Array.FindIndex(targets, column => column.Info.Name == name);
        if (input < 0 && target < 0)
        {
            throw new ArgumentException(
                $"The data set has no column '{name}'; it has {string.Join(", ", Inputs.Concat(Targets).Select(info => $"'{info.Name}'"))}.", nameof(name));
        }

        TensorColumn[] newInputs = [.. inputs];
        TensorColumn[] newTargets = [.. targets];
        if (input >= 0) newInputs[input] = replace(inputs[input]);
        else newTargets[target] = replace(targets[target]);
        return new Dataset(newInputs, newTargets, sampleWeights, rows, ownSeed, bucketBatches);
    }
}
