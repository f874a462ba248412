namespace NetGen;

/// <summary>Gathers the batches of one epoch from the columns of a <see cref="Dataset"/>. It allocates nothing per batch.</summary>
internal sealed class DatasetReader(
    TensorColumn[] inputs, TensorColumn[] targets, float[]? sampleWeights, int[]? order, int count, int batchSize, int epoch, bool dropRemainder)
    : BatchReader
{
    private int position;

    public override bool TryRead(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int samples = Math.Min(batchSize, count - position);
        if (samples == 0 || (dropRemainder && samples < batchSize)) return false;
        if (batch.Capacity < samples || batch.InputCount != inputs.Length || batch.TargetCount != targets.Length
            || batch.HasSampleWeights != sampleWeights is not null)
        {
            throw new ArgumentException(
                $"The batch was made for another source or has room for {batch.Capacity} samples only, not for {samples}.", nameof(batch));
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Info.IsSequence) batch.SetInputSteps(i, Measure(inputs[i], batch.InputLengthBuffer(i)[..samples]));
            Gather(inputs[i], batch.InputBuffer(i), batch.InputSteps(i), batch.Capacity, samples);
        }

        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i].Info.IsSequence) batch.SetTargetSteps(i, Measure(targets[i], batch.TargetLengthBuffer(i)[..samples]));
            Gather(targets[i], batch.TargetBuffer(i), batch.TargetSteps(i), batch.Capacity, samples);
        }

        if (sampleWeights is not null)
        {
            Span<float> weights = batch.SampleWeightBuffer;
            for (int i = 0; i < samples; i++) weights[i] = sampleWeights[RowOf(position + i)];
        }

        batch.Count = samples;
        batch.SetSamples(order, position);
        position += samples;
        return true;
    }

    /// <summary>Writes the lengths of the next samples and gives the longest, at least 1 step.</summary>
    private int Measure(TensorColumn column, Span<int> lengths)
    {
        int longest = 1;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = column.StepsOf(RowOf(position + i));
            longest = Math.Max(longest, lengths[i]);
        }

        return longest;
    }

    private void Gather(TensorColumn column, Span<float> buffer, int steps, int capacity, int samples)
    {
        int size = column.Info.Size;
        if (buffer.Length != (long)size * capacity)
        {
            throw new ArgumentException(
                $"The batch holds {buffer.Length / capacity} elements per sample of '{column.Info.Name}'; {size} are expected.");
        }

        if (column.Info.IsSequence) size = steps * column.Info.StepSize;
        for (int i = 0; i < samples; i++)
        {
            Span<float> sample = buffer.Slice(i * size, size);
            int filled = column.SizeOf(RowOf(position + i));
            column.Read(new SampleId(RowOf(position + i), epoch), sample[..filled]);
            sample[filled..].Clear();
        }
    }

    private int RowOf(int sample) => order is null ? sample : order[sample];
}
