namespace NetGen;

/// <content>What slots start from, and weights other than those of training: moving averages, and those that an optimizer evaluates with.</content>
internal sealed partial class OptimizerState
{
    /// <summary>Whether moving averages of the weights are kept.</summary>
    internal bool HasAverages => _averages is not null;

    /// <summary>Exchanges the weights that train and their averages; twice leaves everything as it was, to the bit.</summary>
    internal void SwapAverages(Span<float> weights)
    {
        if (_averages is null)
            return;
        Start(weights);
        foreach (UpdateRange range in _plan.Ranges)
        {
            Span<float> own = weights.Slice(range.Offset, range.Length), averages = _averages.Values.Slice(range.Offset, range.Length);
            for (int i = 0; i < own.Length; i++)
                (own[i], averages[i]) = (averages[i], own[i]);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Puts the averages in the place of the weights too, unless a swap has put them there, and the weights in that of the averages.</summary>
    internal void EndWithAverages(Span<float> weights, bool areSwapped)
    {
        if (_averages is null)
            return;
        Start(weights);
        foreach (UpdateRange range in _plan.Ranges)
        {
            Span<float> own = weights.Slice(range.Offset, range.Length), averages = _averages.Values.Slice(range.Offset, range.Length);
            if (areSwapped)
                own.CopyTo(averages);
            else
                averages.CopyTo(own);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Turns the weights that train into those for evaluation, or back, where the optimizer has some of its own.</summary>
    internal void SwapEvaluation(Span<float> weights, bool toEval)
    {
        if (!Optimizer.HasEvaluationWeights)
            return;
        Start(weights);
        foreach (UpdateRange range in _plan.Ranges)
        {
            SlotRanges slots = new(_buffers, range.Offset, range.Length);
            if (toEval)
                Optimizer.ToEval(weights.Slice(range.Offset, range.Length), slots);
            else
                Optimizer.ToTrain(weights.Slice(range.Offset, range.Length), slots);
        }
        GC.KeepAlive(this);
    }

    /// <summary>Gives the slots of variables that train for the first time their first values.</summary>
    private void Start(ReadOnlySpan<float> weights)
    {
        for (int i = 0; i < _plan.Ranges.Length; i++)
        {
            int variable = _plan.Variables[i];
            if (_isStarted[variable])
                continue;
            _isStarted[variable] = true;
            UpdateRange range = _plan.Ranges[i];
            for (int slot = 0; slot < _ownSlots; slot++)
                Start(slot, variable, weights.Slice(range.Offset, range.Length), range.Offset);
            if (_averages is not null)
                weights.Slice(range.Offset, range.Length).CopyTo(_averages.Values[range.Offset..]);
        }
        GC.KeepAlive(this);
    }

    private void Start(int slot, int variable, ReadOnlySpan<float> weights, int offset)
    {
        SlotStart start = Optimizer.SlotStartOf(slot);
        if (start is { IsWeights: false, Value: 0 })
            return;
        SlotPlace place = _isWhole ? _places[(variable * _ownSlots) + slot] : new SlotPlace(offset, weights.Length);
        Span<float> values = place.Of(Slots[slot].Values);
        if (!start.IsWeights)
            values.Fill(start.Value);
        else if (_isWhole && _variables[variable].Layout != WeightLayout.Plain)
            _variables[variable].UnpackOwn(weights, values);
        else
            weights[..values.Length].CopyTo(values);
    }

    /// <summary>Lets the averages follow the weights, and the weights take them over where that is due.</summary>
    private unsafe void Follow(SlotPlace place, Span<float> weights)
    {
        if (_averages is null)
            return;
        double momentum = Iterations == 0 ? 0 : Optimizer.EmaMomentum;
        Span<float> averages = place.Of(_averages.Values);
        fixed (float* average = averages, w = place.Of(weights))
            Lanes.Run(new AddKernel(average, w, (float)momentum, (float)(1 - momentum)), place.Length);
        if (Optimizer.EmaOverwriteFrequency is { } frequency && (Iterations + 1) % frequency == 0)
            averages.CopyTo(place.Of(weights));
    }
}
