using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>Puts the nodes of a model's own functions in place of their calls.</summary>
internal static class FunctionInliner
{
    private const int MostDepth = 16;

    /// <summary>What the nodes that come of calls may take. A function may hold large tensors, and a few functions that call each other several times make as many of them as they like.</summary>
    private const long MostBytes = 512 << 20;

    /// <summary>Names are given to each call, so that long ones would multiply.</summary>
    private const int LongestName = 200;

    /// <summary>The graph without calls of the model's functions.</summary>
    public static GraphProto Inline(ModelProto model, int mostNodes, List<string> problems)
    {
        if (model.Functions.Count == 0)
        {
            return model.Graph;
        }

        Dictionary<(string, string), FunctionProto> functions = [];
        foreach (FunctionProto function in model.Functions)
        {
            functions[(function.Domain, function.Name)] = function;
        }

        GraphProto graph = model.Graph.Clone();
        List<NodeProto> nodes = [.. graph.Node];
        graph.Node.Clear();
        int calls = 0;
        long bytes = 0;
        foreach (NodeProto node in nodes.TakeWhile(_ => problems.Count == 0))
        {
            Expand(node, 0);
        }

        return graph;

        void Expand(NodeProto node, int depth)
        {
            if (!functions.TryGetValue((node.Domain, node.OpType), out FunctionProto? function))
            {
                graph.Node.Add(node);
                return;
            }

            if (depth == MostDepth)
            {
                problems.Add($"The function '{ModelFileException.Shorten(node.OpType)}' calls itself, or functions call each other more than {MostDepth} deep.");
                return;
            }

            // A function may be empty, so that calls are counted as nodes are.
            if (calls + graph.Node.Count > mostNodes || bytes > MostBytes)
            {
                problems.Add($"The calls of the model's functions come to more than {mostNodes} nodes or {MostBytes} bytes, at '{ModelFileException.Shorten(node.OpType)}'.");
                return;
            }

            string prefix = $"{Short(node.Name.Length > 0 ? node.Name : node.OpType)}:{calls++}/";
            Dictionary<string, string> names = new(StringComparer.Ordinal) { [""] = "" };
            for (int i = 0; i < function.Input.Count; i++)
            {
                names[function.Input[i]] = i < node.Input.Count ? node.Input[i] : "";
            }

            for (int i = 0; i < function.Output.Count && i < node.Output.Count; i++)
            {
                if (node.Output[i].Length > 0)
                {
                    names[function.Output[i]] = node.Output[i];
                }
            }

            bytes += sizeof(long) * ((long)function.Input.Count + function.Output.Count);

            // The call's own stand before the function's defaults.
            ILookup<string, AttributeProto> given = node.Attribute.Concat(function.AttributeProto).ToLookup(a => a.Name, StringComparer.Ordinal);
            foreach (NodeProto inner in function.Node.TakeWhile(_ => problems.Count == 0))
            {
                NodeProto copy = new() { OpType = inner.OpType, Domain = inner.Domain, Name = prefix + Short(inner.Name) };
                copy.Input.Add(inner.Input.Select(Name));
                copy.Output.Add(inner.Output.Select(Name));
                copy.Attribute.Add(inner.Attribute.Select(a => Attribute(a, given)).OfType<AttributeProto>());
                bytes += copy.CalculateSize();
                Expand(copy, depth + 1);
            }

            string Name(string name) => names.TryGetValue(name, out string? known) ? known : names[name] = prefix + (name.Length > LongestName ? $"{Short(name)}#{names.Count}" : name);
        }

        // Of a nested call the end, which tells it from others.
        static string Short(string name) => name.Length > LongestName ? name[^LongestName..] : name;
    }

    /// <summary>An attribute of a node within a function: its own, or the one of the call that it refers to, or that one's default.</summary>
    private static AttributeProto? Attribute(AttributeProto attribute, ILookup<string, AttributeProto> given)
    {
        if (attribute.RefAttrName.Length == 0)
        {
            return attribute;
        }

        if (given[attribute.RefAttrName].FirstOrDefault() is not { } found)
        {
            return null;
        }

        AttributeProto copy = found.Clone();
        copy.Name = attribute.Name;
        return copy;
    }
}
