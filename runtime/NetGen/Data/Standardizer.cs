namespace NetGen;

/// <summary>
/// Shifts and scales each feature to mean 0 and standard deviation 1, as measured on the training part: z = (x - mean) / standard
/// deviation. It never looks
/// at the data it is applied to. A feature that does not vary is only shifted.
/// </summary>
public sealed class Standardizer
{
    private readonly float[] mean;
    private readonly float[] deviation;

    /// <summary>Makes a standardizer of known figures, for example stored ones.</summary>
    /// <param name="column">The name of the input or target.</param>
    /// <param name="mean">The mean of each feature.</param>
    /// <param name="standardDeviation">The standard deviation of each feature, above 0.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a figure is not finite or a standard deviation not above 0.</exception>
    public Standardizer(string column, ReadOnlySpan<float> mean, ReadOnlySpan<float> standardDeviation)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        if (mean.IsEmpty || mean.Length != standardDeviation.Length)
        {
            throw new ArgumentException(
                $"There are {mean.Length} means and {standardDeviation.Length} standard deviations.", nameof(standardDeviation));
        }

        for (int i = 0; i < mean.Length; i++)
        {
            if (!float.IsFinite(mean[i]) || !float.IsFinite(standardDeviation[i]) || standardDeviation[i] <= 0)
            {
                throw new ArgumentException(
                    $"Feature {i} has the mean {mean[i]} and the standard deviation {standardDeviation[i]}.", nameof(standardDeviation));
            }
        }

        Column = column;
        this.mean = mean.ToArray();
        deviation = standardDeviation.ToArray();
    }

    /// <summary>The name of the input or target that is standardized.</summary>
    public string Column { get; }

    /// <summary>The mean of each feature.</summary>
    public ReadOnlySpan<float> Mean => mean;

    /// <summary>The standard deviation of each feature (of the population, divided by n); 1 for a feature that does not vary.</summary>
    public ReadOnlySpan<float> StandardDeviation => deviation;

    /// <summary>Measures the features of a column.</summary>
    /// <param name="training">The training part.</param>
    /// <param name="column">The input or target; null is the first input.</param>
    /// <returns>The standardizer.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static Standardizer Fit(Dataset training, string? column = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        column ??= training.Inputs[0].Name;
        int input = IndexOf(training.Inputs, column);
        int target = IndexOf(training.Targets, column);
        if (input < 0 && target < 0)
        {
            throw new ArgumentException(
                $"The data set has no column '{column}'; it has {string.Join(", ", training.Inputs.Concat(training.Targets).Select(info => $"'{info.Name}'"))}.", nameof(column));
        }

        TensorInfo info = input >= 0 ? training.Inputs[input] : training.Targets[target];
        if (info.IsSequence)
            throw new ArgumentException($"'{column}' holds sequences of unequal lengths, whose steps are no features; a Normalization layer adapts to them.", nameof(column));
        var values = new float[input >= 0 ? training.Inputs[input].Size : training.Targets[target].Size];
        var mean = new double[values.Length];
        var squares = new double[values.Length];

        // Welford's update (1962) keeps the precision of a second pass.
        for (int i = 0; i < training.Count; i++)
        {
            if (input >= 0) training.ReadInput(i, values, input);
            else training.ReadTarget(i, values, target);
            Dataset.RequireFinite(values, column, i);
            for (int j = 0; j < values.Length; j++)
            {
                double difference = values[j] - mean[j];
                mean[j] += difference / (i + 1);
                squares[j] += difference * (values[j] - mean[j]);
            }
        }

        return new Standardizer(
            column,
            Array.ConvertAll(mean, value => (float)value),
            Array.ConvertAll(squares, value => (float)Math.Sqrt(value / training.Count) is var root and > 0 ? root : 1f));
    }

    /// <summary>Standardizes the column of the same name in a data set, sample by sample as they are read.</summary>
    /// <param name="data">The data set.</param>
    /// <returns>The data set with the column standardized.</returns>
    /// <exception cref="ArgumentException">There is no such column, or it has another number of features.</exception>
    public Dataset Apply(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        foreach (TensorInfo info in data.Inputs.Concat(data.Targets))
        {
            if (info.Name == Column && info.Size != mean.Length)
            {
                throw new ArgumentException(
                    $"'{Column}' has {info.Size} features; the standardizer was fitted on {mean.Length}.", nameof(data));
            }
        }

        return data.Map((_, source, destination) => Transform(source, destination), Column);
    }

    /// <summary>Standardizes samples.</summary>
    /// <param name="source">One or several samples.</param>
    /// <param name="destination">Receives as many values; may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the number of features.</exception>
    public void Transform(ReadOnlySpan<float> source, Span<float> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (int start = 0; start < source.Length; start += mean.Length)
        {
            for (int i = 0; i < mean.Length; i++) destination[start + i] = (source[start + i] - mean[i]) / deviation[i];
        }
    }

    /// <summary>Undoes <see cref="Transform"/>, for example to turn predictions of a standardized target back into its unit.</summary>
    /// <param name="source">One or several standardized samples.</param>
    /// <param name="destination">Receives as many values; may be the same span.</param>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the number of features.</exception>
    public void Invert(ReadOnlySpan<float> source, Span<float> destination)
    {
        CheckLengths(source.Length, destination.Length);
        for (int start = 0; start < source.Length; start += mean.Length)
        {
            for (int i = 0; i < mean.Length; i++) destination[start + i] = (source[start + i] * deviation[i]) + mean[i];
        }
    }

    private static int IndexOf(IReadOnlyList<TensorInfo> tensors, string name)
    {
        for (int i = 0; i < tensors.Count; i++)
        {
            if (tensors[i].Name == name) return i;
        }

        return -1;
    }

    private void CheckLengths(int source, int destination)
    {
        if (source != destination || source % mean.Length != 0)
        {
            throw new ArgumentException(
                $"The source has {source} values and the destination {destination}; both must be the same multiple of {mean.Length}.");
        }
    }
}
