package job

import (
	"encoding/json"
	"fmt"
	"strings"
)

// cleanText removes what no database text may hold.
func cleanText(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "�"), "\x00", "�")
}

// jsonArgs writes a message's arguments; what JSON cannot write becomes its
// printed form.
func jsonArgs(args []any) string {
	if len(args) == 0 {
		return "[]"
	}
	if b, err := json.Marshal(args); err == nil {
		return string(b)
	}
	printed := make([]string, len(args))
	for i, a := range args {
		printed[i] = fmt.Sprint(a)
	}
	b, err := json.Marshal(printed)
	if err != nil {
		return "[]"
	}
	return string(b)
}
