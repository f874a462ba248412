namespace NetGen.Generator;

/// <summary>Writes a part of the user's class, inside its namespace and its enclosing types.</summary>
internal static class PartialType
{
    public static void Write(CodeWriter code, TypeSpec type, string bases, Action body, Action? documentation = null)
    {
        Stack<CodeWriter.Block> blocks = new();
        if (type.Namespace.Length > 0)
        {
            blocks.Push(code.Braces("namespace " + type.Namespace));
        }

        foreach (string container in type.Containers)
        {
            blocks.Push(code.Braces("partial " + container));
        }

        documentation?.Invoke();
        using (code.Braces($"partial class {type.Name}{bases}"))
        {
            body();
        }

        while (blocks.Count > 0)
        {
            blocks.Pop().Dispose();
        }
    }
}
