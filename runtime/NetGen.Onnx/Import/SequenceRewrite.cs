using NetGen.Importing;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>
/// A model of one step of a sequence, whose caller hands the states of its recurrent layers round, as a model of whole sequences. Inputs that only tell where the states start, and
/// outputs that only tell where they end, go; the time of what is left is open. A stream of the network then keeps the states itself, beginning at 0.
/// </summary>
internal static class SequenceRewrite
{
    private static readonly HashSet<string> Recurrent = ["LSTM", "GRU", "RNN"];

    /// <exception cref="ImportException">The model is no such step.</exception>
    public static OnnxGraph Of(OnnxGraph graph, string path)
    {
        List<NodeProto> nodes = [];
        Dictionary<string, NodeProto> sources = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Nodes)
        {
            NodeProto copy = node;
            if (Recurrent.Contains(node.OpType) && node.Input.Count > 5)
            {
                copy = node.Clone();
                for (int i = 5; i < Math.Min(copy.Input.Count, 7); i++)
                {
                    copy.Input[i] = "";
                }
            }

            nodes.Add(copy);
            foreach (string output in copy.Output)
            {
                sources[output] = copy;
            }
        }

        List<OnnxValueInfo> outputs = [.. graph.Outputs.Where(o => !IsFinalState(o.Name))];
        HashSet<string> needed = Needed(outputs.Select(o => o.Name));
        List<OnnxValueInfo> inputs = [.. graph.Inputs.Where(i => needed.Contains(i.Name))];
        if (!nodes.Any(n => Recurrent.Contains(n.OpType)) || outputs.Count == graph.Outputs.Count || outputs.Count == 0 || inputs.Count == graph.Inputs.Count || inputs.Count == 0)
        {
            throw new ImportException(path, ["OnnxImportOptions.Stream is for models of one step whose inputs and outputs hold the states of LSTM, GRU or RNN; this one has no such inputs and outputs, or no others."]);
        }

        inputs = [.. inputs.Select(i => InputPlan.TimeAxis(graph with { Nodes = nodes }, i) is { } time && i.Dims is { } dims
            ? i with { Dims = [.. dims.Select((d, a) => a == time ? new OnnxDim(null, d.Symbol ?? "time") : d)] } : i)];
        return graph with { Nodes = nodes, Inputs = inputs, Outputs = outputs };

        // Whether all that an output is made of are final states and constants.
        bool IsFinalState(string name)
        {
            bool hasState = false;
            Stack<string> open = new([name]);
            HashSet<string> seen = [name];
            while (open.TryPop(out string? at))
            {
                if (!sources.TryGetValue(at, out NodeProto? node))
                {
                    if (!graph.Initializers.ContainsKey(at))
                    {
                        return false;
                    }

                    continue;
                }

                if (Recurrent.Contains(node.OpType))
                {
                    if (node.Output[0] == at)
                    {
                        return false;
                    }

                    hasState = true;
                    continue;
                }

                foreach (string input in node.Input.Where(i => i.Length > 0 && seen.Add(i)))
                {
                    open.Push(input);
                }
            }

            return hasState;
        }

        HashSet<string> Needed(IEnumerable<string> names)
        {
            HashSet<string> found = [.. names];
            Stack<string> open = new(found);
            while (open.TryPop(out string? at))
            {
                foreach (string input in sources.GetValueOrDefault(at)?.Input.Where(i => i.Length > 0) ?? [])
                {
                    if (found.Add(input))
                    {
                        open.Push(input);
                    }
                }
            }

            return found;
        }
    }
}
