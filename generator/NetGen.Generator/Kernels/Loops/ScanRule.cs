namespace NetGen.Generator;

/// <summary>
/// Lowers a scan to a loop whose steps work where their operands lie. What a step takes of a sequence and gives to a stacked output are views. A state that is an output
/// too is kept for all times, one more than there are: a step reads one place and writes the next. Any other state has two places that take turns.
/// </summary>
internal static class ScanRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        Scan scan = (Scan)node.Op;
        ScanBody body = scan.Body.Rewrite(PassList.Run);
        (int states, int sequences) = (body.States.Count, body.Sequences.Count);
        Windows? windows = scan.Windows;
        LoopNames names = LoopNames.Of(windows);
        Dim time = windows?.Count ?? node.Inputs[states].Shape[0];
        HashSet<Value> taken = [.. body.Outputs.Where((_, i) => lowering.Uses(node.Outputs[states + i]) > 0)];
        StatePlaces[] places = [.. body.States.Select((s, i) => StatePlaces.Of(lowering, s, time, isKept: taken.Contains(s) || taken.Contains(body.Next[i]), scan.IsReverse, names))];
        for (int i = 0; i < states; i++)
        {
            foreach (Buffer start in places[i].Starts)
            {
                Begin(lowering, node.Inputs[i], start);
            }
        }

        for (int i = 0; i < body.Constants.Count; i++)
        {
            lowering.Alias(body.Constants[i], node.Inputs[states + sequences + i]);
        }

        // Inputs that only the body reads are asked for now, so that what converts them stands before the loop.
        Buffer[] arrays = [.. node.Inputs.Skip(states).Take(sequences).Select(s => Own(lowering, s))];
        Dictionary<Value, Buffer> written = [], stacks = [];
        List<(Value Value, Buffer To)> copies = [];
        for (int i = 0; i < states; i++)
        {
            Give(body.Next[i], places[i].Next);
        }

        for (int i = 0; i < body.Outputs.Count; i++)
        {
            (Value output, Value stacked) = (body.Outputs[i], node.Outputs[states + i]);
            if (!taken.Contains(output))
            {
                continue;
            }

            int old = body.States.IndexOf(output), next = body.Next.IndexOf(output);
            if (old >= 0 || (next >= 0 && written.TryGetValue(RootOf(output), out Buffer? at) && at == places[next].Next))
            {
                lowering.Bind(stacked, old >= 0 ? places[old].AllOld : places[next].AllNext);
            }
            else if (stacks.TryGetValue(RootOf(output), out Buffer? same))
            {
                // Two outputs have become one by simplifying the body.
                lowering.Bind(stacked, same);
            }
            else
            {
                Buffer stack = lowering.Write(stacked);
                stacks[RootOf(output)] = stack;
                Give(output, SliceOf(stack, output.Shape));
            }
        }

        EquatableArray<Step> steps = lowering.Nested(body, windows, () =>
        {
            for (int i = 0; i < states; i++)
            {
                lowering.BindInput(body.States[i], places[i].Old);
            }

            for (int i = 0; i < sequences; i++)
            {
                lowering.BindInput(body.Sequences[i], SliceOf(arrays[i], body.Sequences[i].Shape));
            }

            lowering.LowerNodes(body.Graph.Nodes);
            foreach ((Value value, Buffer to) in copies)
            {
                Shape shape = value.Shape;
                lowering.Add(new MapKernel(shape, EquatableArray.Of(shape), EquatableArray.Of(Expr.In(0))), lowering.Read(value), to);
            }
        });
        lowering.AddLoop(new LoopKernel(time, scan.IsReverse, states > 0 ? body.States[0].Shape[0] : Dim.Batch, steps, windows));
        for (int i = 0; i < states; i++)
        {
            if (lowering.HasPlace(node.Outputs[i]))
            {
                lowering.Add(RuntimeKernel.Copy(places[i].Last.Elements), places[i].Last, lowering.Write(node.Outputs[i]));
            }
            else
            {
                lowering.Bind(node.Outputs[i], places[i].Last);
            }
        }

        return true;

        Buffer SliceOf(Buffer array, Shape slice) =>
            array.View(names.Now * (windows is not null && windows.Cuts(slice) ? slice.CountOf(1, slice.Rank) * windows.Size : slice.Count), slice.Count);

        // The node that makes a value writes it where it belongs; to further places, from the loop's inputs and from where a loop within it has it, it is copied.
        void Give(Value value, Buffer place)
        {
            Value root = RootOf(value);
            if (root is { Kind: ValueKind.Computed, Producer.Op: not Scan } && !written.ContainsKey(root))
            {
                written[root] = place;
                lowering.Fix(root, place);
            }
            else
            {
                copies.Add((value, place));
            }
        }
    }

    private static Value RootOf(Value value) => value.Producer is { Op: Reshape, Inputs: [var inner] } ? RootOf(inner) : value;

    /// <summary>Puts a state's initial value where the loop begins: a number is written there at once.</summary>
    private static void Begin(Lowering lowering, Value initial, Buffer start)
    {
        if (Map.NumberOf(initial) is { } number)
        {
            lowering.Add(new MapKernel(initial.Shape, EquatableArray<Shape>.Empty, EquatableArray.Of<Expr>(new ConstantExpr(number))), start);
        }
        else
        {
            lowering.Add(RuntimeKernel.Copy(start.Elements), lowering.Read(initial), start);
        }
    }

    /// <summary>What kernels read a vector at a time may not end where the caller's memory does.</summary>
    private static Buffer Own(Lowering lowering, Value sequence)
    {
        Buffer array = lowering.Read(sequence);
        if (!lowering.IsCallers(sequence))
        {
            return array;
        }

        Buffer own = lowering.Scratch(sequence.Shape.Count, sequence.Name);
        lowering.Add(RuntimeKernel.Copy(sequence.Shape.Count), array, own);
        return own;
    }
}

/// <summary>Where a state of a loop lies.</summary>
/// <param name="Old">Before a step.</param>
/// <param name="Next">Behind it.</param>
/// <param name="AllOld">Before every step, where that is kept.</param>
/// <param name="AllNext">Behind every step, where that is kept.</param>
/// <param name="Last">Behind the loop.</param>
/// <param name="Starts">Before the loop.</param>
internal sealed record StatePlaces(Buffer Old, Buffer Next, Buffer AllOld, Buffer AllNext, Buffer Last, IReadOnlyList<Buffer> Starts)
{
    public static StatePlaces Of(Lowering lowering, Value state, Dim time, bool isKept, bool isReverse, LoopNames names)
    {
        Dim count = state.Shape.Count;
        if (!isKept)
        {
            Buffer two = lowering.Scratch(2 * count, state.Name);
            Buffer first = two.View(0, count);

            // The one that the first step reads follows from the number of steps.
            Buffer[] starts = !time.IsConstant ? [first, two.View(count, count)] : [time.Constant % 2 == 0 ? first : two.View(count, count)];
            return new StatePlaces(two.View(names.Old * count, count), two.View(names.Next * count, count), first, first, first, starts);
        }

        Buffer all = lowering.Scratch(time.Affine(1, 1) * count, state.Name);
        (Buffer Whole, Buffer Step) low = (all.View(0, time * count), all.View(names.Now * count, count));
        Buffer shifted = all.View(count, time * count);
        (Buffer Whole, Buffer Step) high = (shifted, shifted.View(names.Now * count, count));
        (Buffer start, Buffer end) = (all.View(0, count), all.View(time * count, count));
        return isReverse
            ? new StatePlaces(high.Step, low.Step, high.Whole, low.Whole, start, [end])
            : new StatePlaces(low.Step, high.Step, low.Whole, high.Whole, end, [start]);
    }
}
