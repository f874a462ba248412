namespace NetGen;

/// <content>Optimizers that update whole variables, which they see in Keras's layout.</content>
internal sealed partial class OptimizerState
{
    private readonly bool _isWhole;
    private readonly SlotPlace[] _places;
    private readonly Stack<NativeBuffer> _scratch = [];
    private int[] _order = [];
    private int _scratchLength;
    private int _next;

    /// <summary>One behind the other, each in the shape that the optimizer says.</summary>
    private OptimizerSlot NewWholeSlot(int slot)
    {
        List<ParameterInfo> layout = [];
        int length = 0;
        for (int i = 0; i < _variables.Length; i++)
        {
            ParameterInfo part = new(_variables[i].Name, Optimizer.SlotShape(slot, _variables[i]), length, new Zeros());
            _places[(i * _ownSlots) + slot] = new SlotPlace(length, part.Count);
            if (part.Count == 0)
                continue;
            layout.Add(part);
            length = checked(length + part.Length);
        }
        return new OptimizerSlot(Optimizer.SlotNames[slot], [.. layout], length);
    }

    private int ScratchLength(ParameterInfo variable) =>
        checked(Optimizer.ScratchLength(variable) + (variable.Layout == WeightLayout.Plain ? 0 : 2 * variable.Count));

    /// <summary>Updates variables, the largest first, until the parts have done them all.</summary>
    private void UpdateVariables(Span<float> weights, ReadOnlySpan<float> gradients)
    {
        NativeBuffer scratch = Rent();
        for (int next; (next = Interlocked.Increment(ref _next) - 1) < _order.Length;)
        {
            int range = _order[next];
            if (IsStep)
                UpdateVariable(range, weights, gradients, scratch.Slice(0, _scratchLength));
            Follow(new SlotPlace(_plan.Ranges[range].Offset, _plan.Ranges[range].Length), weights);
        }
        lock (_scratch)
            _scratch.Push(scratch);
    }

    private void UpdateVariable(int range, Span<float> weights, ReadOnlySpan<float> gradients, Span<float> scratch)
    {
        int index = _plan.Variables[range];
        ParameterInfo variable = _variables[index];
        SlotRanges slots = new(_buffers, _places.AsSpan(index * _ownSlots, _ownSlots));
        if (variable.Layout == WeightLayout.Plain)
        {
            Optimizer.UpdateVariable(
                in _contexts[range], variable, weights.Slice(variable.Offset, variable.Count), gradients.Slice(variable.Offset, variable.Count), slots, scratch);
            return;
        }
        Span<float> ownWeights = scratch[..variable.Count], ownGradients = scratch.Slice(variable.Count, variable.Count);
        variable.Unpack(weights, ownWeights);
        variable.Unpack(gradients, ownGradients);
        Optimizer.UpdateVariable(in _contexts[range], variable, ownWeights, ownGradients, slots, scratch[(2 * variable.Count)..]);
        variable.Pack(ownWeights, weights);
    }

    private NativeBuffer Rent()
    {
        lock (_scratch)
        {
            // Those of another choice of variables may be too small.
            while (_scratch.TryPop(out NativeBuffer? buffer))
            {
                if (buffer.Length >= _scratchLength)
                    return buffer;
            }
        }
        return new NativeBuffer(_scratchLength);
    }
}
