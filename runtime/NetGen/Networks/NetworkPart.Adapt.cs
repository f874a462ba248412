namespace NetGen;

/// <content>Normalization by the statistics of data.</content>
public sealed partial class NetworkPart
{
    /// <summary>
    /// Measures the mean and the variance of samples and lets this part, a Normalization without constants, shift and scale by them from now on, as Keras's <c>adapt</c>
    /// does. What an earlier call has measured is forgotten.
    /// </summary>
    /// <param name="samples">Inputs of the layer, one after the other: the network's own inputs where the layer is the first one.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of the size of the layer's input.</exception>
    /// <exception cref="InvalidOperationException">The part is no Normalization, or one with constants; or its input has a time, which a span does not tell; or the network is for inference only.</exception>
    /// <exception cref="InvalidDataException">A value is not finite, or the variance is too large for a float; nothing is changed.</exception>
    public void Adapt(ReadOnlySpan<float> samples)
    {
        AdaptedLayer layer = this.Adapted();
        if (layer.Shape.Contains(-1))
            throw new InvalidOperationException($"The input {TensorInfo.FormatShape(layer.Shape)} of '{this.Name}' has a time, which a span does not tell; a data set does.");
        Moments moments = new(layer.Shape, layer.Axes);
        int count = samples.Length / moments.SampleSize;
        if (count == 0 || count * moments.SampleSize != samples.Length)
        {
            throw new ArgumentException(
                $"There are {samples.Length} values; a positive multiple of {moments.SampleSize} is expected, the size of the input {TensorInfo.FormatShape(layer.Shape)} of '{this.Name}'.",
                nameof(samples));
        }

        for (int i = 0; i < count; i++) moments.Add(samples.Slice(i * moments.SampleSize, moments.SampleSize), i);
        this.SetMoments(moments);
    }

    /// <inheritdoc cref="Adapt(ReadOnlySpan{float})"/>
    /// <param name="data">Samples, one of whose inputs is the layer's: the network's own input where the layer is the first one. Give the training part alone.</param>
    /// <param name="input">The name of that input; null for the only one.</param>
    /// <exception cref="ArgumentException">The data set has no such input, or it has another shape than the layer's.</exception>
    /// <exception cref="InvalidOperationException">The part is no Normalization, or one with constants; or the network is for inference only.</exception>
    public void Adapt(Dataset data, string? input = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        AdaptedLayer layer = this.Adapted();
        int index = input is null && data.Inputs.Count == 1 ? 0 : data.Inputs.ToList().FindIndex(info => info.Name == input);
        if (index < 0)
        {
            throw new ArgumentException(
                $"{(input is null ? "The data set has several inputs, so one must be named" : $"The data set has no input '{input}'")}; it has {string.Join(", ", data.Inputs.Select(info => $"'{info.Name}'"))}.",
                nameof(input));
        }

        TensorInfo found = data.Inputs[index];
        if (!DataBinding.Fits(layer.Shape, found.Shape))
        {
            throw new ArgumentException(
                $"The input '{found.Name}' of the data set has the shape {TensorInfo.FormatShape(found.Shape)}; '{this.Name}' takes {TensorInfo.FormatShape(layer.Shape)}.", nameof(data));
        }

        Moments moments = new(layer.Shape.Contains(-1) ? found.Shape : layer.Shape, layer.Axes);
        float[] sample = new float[moments.SampleSize];
        for (int i = 0; i < data.Count; i++)
        {
            Span<float> own = sample.AsSpan(0, found.IsSequence ? data.InputLength(i, index) * found.StepSize : sample.Length);
            data.ReadInput(i, own, index);
            moments.Add(own, i);
        }

        this.SetMoments(moments);
    }

    private AdaptedLayer Adapted()
    {
        this.network.CheckHasWeights();
        AdaptedLayer[] layers = this.network.Definition.Adapted;
        if (Array.Find(layers, layer => layer.Name == this.Name) is { } found) return found;
        string known = layers.Length == 0 ? $"{this.network.Definition.Name} has none" : $"{this.network.Definition.Name} has {string.Join(", ", layers.Select(layer => $"'{layer.Name}'"))}";
        throw new InvalidOperationException($"'{this.Name}' cannot be adapted to data: a Normalization without Mean and Variance can ({known}).");
    }

    private void SetMoments(Moments moments)
    {
        (float[] mean, float[] variance) = (moments.Mean, moments.Variance);
        if (Array.FindIndex(variance, value => !float.IsFinite(value)) is >= 0 and int large)
            throw new InvalidDataException($"The variance of the data at position {large} of '{this.Name}' is too large for a float.");
        lock (this.network.WeightsLock)
        {
            this.network.SetWeights(this.Name + "/mean", mean);
            this.network.SetWeights(this.Name + "/variance", variance);
        }
    }
}
