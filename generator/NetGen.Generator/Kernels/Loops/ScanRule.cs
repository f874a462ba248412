namespace NetGen.Generator;

/// <summary>
/// Lowers a scan to a loop: states in buffers of their own, this time's slices of the sequences copied out, the body's steps, its outputs copied into the stacked
/// arrays, and at last the new states over the old.
/// </summary>
internal static class ScanRule
{
    public static bool Lower(Lowering lowering, Node node)
    {
        Scan scan = (Scan)node.Op;
        ScanBody body = scan.Body.Rewrite(PassList.Run);
        (int states, int sequences) = (body.States.Count, body.Sequences.Count);
        Dim time = node.Inputs[states].Shape[1];

        Buffer[] current = new Buffer[states];
        for (int i = 0; i < states; i++)
        {
            current[i] = lowering.Scratch(body.States[i].Shape.Count, body.States[i].Name);
            lowering.Add(Copy(body.States[i].Shape.Count), lowering.Read(node.Inputs[i]), current[i]);
            lowering.Bind(body.States[i], current[i]);
        }

        for (int i = 0; i < body.Constants.Count; i++)
        {
            lowering.Alias(body.Constants[i], node.Inputs[states + sequences + i]);
        }

        // Inputs that only the body reads are asked for now, so that what converts them stands before the loop.
        Buffer[] arrays = [.. node.Inputs.Skip(states).Take(sequences).Select(s => lowering.Read(s))];
        Buffer[] stacked = [.. node.Outputs.Skip(states).Select(o => lowering.Write(o))];
        EquatableArray<Step> steps = lowering.Nested(body, () =>
        {
            for (int i = 0; i < sequences; i++)
            {
                Buffer slice = lowering.Scratch(body.Sequences[i].Shape.Count, body.Sequences[i].Name);
                lowering.Add(Slice(body.Sequences[i].Shape, time, toSlice: true), arrays[i], slice);
                lowering.Bind(body.Sequences[i], slice);
            }

            lowering.LowerNodes(body.Graph.Nodes);
            for (int i = 0; i < stacked.Length; i++)
            {
                lowering.Add(Slice(body.Outputs[i].Shape, time, toSlice: false), lowering.Read(body.Outputs[i]), stacked[i]);
            }

            // A state that becomes another state is moved aside first.
            Buffer[] next = [.. body.Next.Select(v => body.States.Contains(v) ? Aside(lowering, v) : lowering.Read(v))];
            for (int i = 0; i < states; i++)
            {
                lowering.Add(Copy(body.States[i].Shape.Count), next[i], current[i]);
            }
        });
        lowering.AddLoop(new LoopKernel(time, scan.IsReverse, steps));
        for (int i = 0; i < states; i++)
        {
            if (lowering.Uses(node.Outputs[i]) > 0)
            {
                lowering.Add(Copy(body.States[i].Shape.Count), current[i], lowering.Write(node.Outputs[i]));
            }
        }

        return true;
    }

    private static Buffer Aside(Lowering lowering, Value state)
    {
        Buffer aside = lowering.Scratch(state.Shape.Count, state.Name);
        lowering.Add(Copy(state.Shape.Count), lowering.Read(state), aside);
        return aside;
    }

    private static RuntimeKernel Copy(Dim length) => new("Copy", EquatableArray.Of(length), $"Y = X, {length} floats.");

    /// <summary>Rows of a time's slice (batch, inner) out of, or into, the stacked array (batch, time, inner).</summary>
    private static RuntimeKernel Slice(Shape slice, Dim time, bool toSlice)
    {
        Dim inner = slice.CountOf(1, slice.Rank);
        return new RuntimeKernel(
            toSlice ? "TakeStep" : "PutStep",
            EquatableArray.Of(slice[0], time, inner, LoopKernel.At),
            toSlice ? $"Y {slice} = X[:, at], X ({slice[0]}, {time}, {inner})." : $"Y[:, at] = X {slice}, Y ({slice[0]}, {time}, {inner}).");
    }
}
